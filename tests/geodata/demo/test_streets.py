import numpy as np
import shapely

from geodata.demo.streets import blocks, chance, streets
from geodata.demo.territory import quarter_outlines


def test_chance_is_the_same_for_the_same_name():
    """Streams are seeded by their name, and differ from each other."""
    assert chance("plots").random() == chance("plots").random()
    assert chance("plots").random() != chance("streets").random()


def test_blocks_do_not_overlap_and_stay_in_their_quarter():
    """Blocks are land between streets, inside the drawn quarter."""
    shapes = np.array([block.shape for block in blocks()])
    left, right = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    shared = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    assert shared.sum() < 1
    for block in blocks():
        assert block.shape.within(quarter_outlines()[block.quarter].buffer(0.1))


def test_streets_bend_and_turn():
    """Most streets are no straight lines, and they point in many directions."""
    chords = np.array(
        [np.subtract(street.axis.coords[-1], street.axis.coords[0]) for street in streets()]
    )
    lengths = np.array([street.axis.length for street in streets()])
    assert (np.hypot(*chords.T) < 0.9995 * lengths).mean() > 0.5
    shares, _ = np.histogram(np.degrees(np.arctan2(chords[:, 1], chords[:, 0])) % 90, bins=9)
    assert shares.max() / shares.sum() < 1 / 3


def test_main_streets_have_names_and_width():
    """Boulevards are named and wider than the streets between blocks."""
    boulevards = [street for street in streets() if street.road_class == "boulevard"]
    assert len(boulevards) >= 6
    assert all(street.name and street.width_m >= 18 for street in boulevards)
