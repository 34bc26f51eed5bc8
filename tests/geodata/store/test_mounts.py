from pathlib import Path, PureWindowsPath

import pytest

from geodata.store.mounts import is_shared

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /srv/share nfs4 rw 0 0
//server/sig /srv/fonds\040de\040plan cifs rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/data/x/s.gpkg", False),
        ("/var/s.gpkg", False),
        ("/srv/share/s.gpkg", True),
        ("/srv/share/deep/er/s.gpkg", True),
        ("/srv/fonds de plan/s.gpkg", True),
        ("/srv/share/local/s.gpkg", False),
        ("/srv/shared/s.gpkg", False),
    ],
)
def test_a_share_is_told_from_a_disk_by_the_nearest_mount(path, expected):
    """Whether or not the file exists."""
    assert expected is is_shared(Path(path), mounts=MOUNTS)


def test_without_a_table_of_mounts_nothing_is_a_share(tmp_path):
    """An empty table, or lines that are none."""
    assert not is_shared(tmp_path / "s.gpkg", mounts="")
    assert not is_shared(tmp_path / "s.gpkg", mounts="?\n\n")


def test_this_folder_is_on_a_disk(tmp_path):
    """The table of this machine can be read."""
    assert not is_shared(tmp_path / "s.gpkg")


def test_a_unc_path_is_a_share():
    """On Windows, by its name."""

    class Windows(PureWindowsPath):
        def absolute(self):
            return self

    assert is_shared(Windows(r"\\server\share\s.gpkg"), mounts="")
