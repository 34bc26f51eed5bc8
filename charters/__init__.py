"""Rules as data, and the judge: numbers with units go in, verdicts come out."""
