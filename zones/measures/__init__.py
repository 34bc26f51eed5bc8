"""What is measured on a site: one vectorised function per fact, listed by name."""

from zones.measures import (
    areas,
    catchment,
    commerce,
    distances,
    frontage,
    hotel_market,
    hotels,
    huff,
    lands,
    membership,
    moratoriums,
    opinions,
    overlaps,
    poles,
    premises,
    revitalisation,
    sealing,
    setbacks,
    vacancy,
    walking,
)
from zones.measures.ground import Ground, ground_of
from zones.measures.keeping import keep_facts
from zones.measures.measuring import SiteFacts, evidence, measure_ground, measure_sites
from zones.measures.membership import zone_shares
from zones.measures.registry import ground_at

__all__ = [
    "Ground",
    "SiteFacts",
    "areas",
    "catchment",
    "commerce",
    "distances",
    "evidence",
    "frontage",
    "ground_at",
    "ground_of",
    "hotel_market",
    "hotels",
    "huff",
    "keep_facts",
    "lands",
    "measure_ground",
    "measure_sites",
    "membership",
    "moratoriums",
    "opinions",
    "overlaps",
    "poles",
    "premises",
    "revitalisation",
    "sealing",
    "setbacks",
    "vacancy",
    "walking",
    "zone_shares",
]
