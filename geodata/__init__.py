"""Files become trusted layers, and results become partners' files."""
