import gzip
import time

import pytest

from geodata.errors import FileFormatError
from geodata.reading.unpacking import unpacked


@pytest.mark.parametrize("content", [b"", b"{}", b"x" * 3_000_000])
def test_content_comes_out_as_it_went_in(tmp_path, content):
    """Zipped or not, empty, small or larger than one step."""
    plain, zipped = tmp_path / "plain", tmp_path / "zipped"
    plain.write_bytes(content)
    zipped.write_bytes(gzip.compress(content))
    assert content == unpacked(plain) == unpacked(zipped)


def test_a_bomb_is_stopped_early(tmp_path):
    """1 GB of zeros in 1 MB takes no two seconds and no gigabyte."""
    path = tmp_path / "bomb"
    block = gzip.compress(b"\0" * 100_000_000)
    path.write_bytes(block)
    start = time.monotonic()
    with pytest.raises(FileFormatError):
        unpacked(path)
    assert time.monotonic() - start < 2
