"""Pages hold widgets only; what they show is computed elsewhere."""
