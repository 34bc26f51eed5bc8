"""What is measured on a site: one vectorised function per fact, listed by name."""

from zones.measures import areas, commerce, distances, frontage, membership, overlaps
from zones.measures.measuring import evidence, measure_sites
from zones.measures.membership import zone_shares

__all__ = [
    "areas",
    "commerce",
    "distances",
    "evidence",
    "frontage",
    "measure_sites",
    "membership",
    "overlaps",
    "zone_shares",
]
