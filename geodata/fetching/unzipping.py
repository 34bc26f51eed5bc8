"""Zipped answers become plain bytes, with an eye on their size."""

from __future__ import annotations

import zlib
from pathlib import Path

__all__ = ["is_zipped", "plain_bytes"]

_SIGNATURE = b"\x1f\x8b"


def plain_bytes(path: Path, *, limit: int) -> bytes:
    """Content of a file, unzipped where its first bytes say that it is zipped.

    Raises
    ------
    OverflowError
        It unpacks to more than ``limit`` bytes; noticed before it is unpacked.
    ValueError
        The file is damaged or incomplete.
    """
    packed = path.read_bytes()
    if not packed.startswith(_SIGNATURE):
        return packed
    unzip = zlib.decompressobj(wbits=31)
    try:
        plain = unzip.decompress(packed, limit + 1)
    except zlib.error as error:
        raise ValueError(path.name) from error
    if len(plain) > limit:
        raise OverflowError(path.name)
    if not unzip.eof:
        raise ValueError(path.name)
    return plain


def is_zipped(path: Path) -> bool:
    """Whether a file begins as gzip does."""
    with path.open("rb") as read:
        return read.read(len(_SIGNATURE)) == _SIGNATURE
