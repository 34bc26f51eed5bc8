"""Results become files that partners' systems accept."""
