import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.fetching.unzipping import is_zipped, plain_bytes


def test_plain_and_empty_files_stay_as_they_are(tmp_path):
    """Only the first bytes decide."""
    file = tmp_path / "a"
    for content in (b"", b"{}", b"\x1f"):
        file.write_bytes(content)
        assert content == plain_bytes(file, limit=10)
        assert not is_zipped(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000))
def test_zipped_files_come_out_again(tmp_path, content):
    """Whatever they hold."""
    file = tmp_path / "a"
    file.write_bytes(gzip.compress(content))
    assert is_zipped(file)
    assert content == plain_bytes(file, limit=2000)


def test_bombs_and_damage(tmp_path):
    """The limit is exact; a cut or a wrong file is damaged."""
    file = tmp_path / "a"
    packed = gzip.compress(b"0" * 1001)
    file.write_bytes(packed)
    assert 1001 == len(plain_bytes(file, limit=1001))
    with pytest.raises(OverflowError):
        plain_bytes(file, limit=1000)
    for broken in (packed[:-5], b"\x1f\x8bwrong"):
        file.write_bytes(broken)
        with pytest.raises(ValueError, match="a"):
            plain_bytes(file, limit=1001)
