"""Whether a file lies on a disk of this machine, or on one shared over a network."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["is_shared"]

_MOUNTS = Path("/proc/self/mounts")
_SHARED_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "lustre"}
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def is_shared(path: Path, *, mounts: str | None = None) -> bool:
    """Whether ``path`` lies on a network share, where locks and renames keep no promise.

    Parameters
    ----------
    path
        File, which may not exist yet.
    mounts
        Table of mounts in the format of ``/proc/mounts``; that of this machine when None. Without
        one (macOS, Windows) only UNC paths are recognised.
    """
    place = path.absolute()
    if place.drive.startswith("\\\\"):
        return True
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False
    folders = [place.parent.resolve(), *place.parent.resolve().parents]
    kinds = {}
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) > 2:  # noqa: PLR2004 - device, folder, kind
            kinds[Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), words[1]))] = words[2]
    return next((kinds[each] in _SHARED_KINDS for each in folders if each in kinds), False)
