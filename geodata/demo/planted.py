"""The awkward cases planted in the demonstration, as data: what each shows, and where it is."""

FRONT_PAIR = ("80021000ZX0012", "80021000ZX0013")
"""Two neighbours in a ZAC that every example may name."""
NULL_AREA: tuple[str, ...] = ("80021000ZX0040",)
EXACT_AREA: tuple[str, ...] = ()
EXACT_STOP = (1_647_000.0, 9_186_000.0)
