"""Parts of pages that own session keys and browser code."""
