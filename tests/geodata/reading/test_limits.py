import subprocess
import sys

import pytest

from geodata.reading import limits
from geodata.reading.locked import locked_environment


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_reading_process_cannot_take_all_the_memory():
    """Beyond its limit an allocation fails, there and nowhere else."""
    code = (
        "from geodata.reading import worker; worker._limit_resources();"
        f"bytes({limits.MAX_MEMORY_BYTES})"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=locked_environment(),
    )
    assert "MemoryError" in ended.stderr


def test_a_large_territory_fits():
    """150 000 parcels are about 80 MB of plain GeoJSON, 12 vertices each."""
    assert limits.MAX_BYTES > 80e6
    assert limits.MAX_FEATURES > 150_000
    assert limits.MAX_VERTICES > 150_000 * 12
