"""The demonstration dataset of Amiens: a generator without chance, and its result."""

from geodata.demo.dataset import build, coverages, write

__all__ = ["build", "coverages", "write"]
