"""Standards that partners' systems accept, as data, exports and validators."""
