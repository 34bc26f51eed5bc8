"""Packed bytes become plain ones, with an eye on their size; runs in the reading process only."""

from __future__ import annotations

import zlib
from pathlib import Path

from geodata.errors import Fault, FileFormatError
from geodata.language import Text
from geodata.reading.limits import MAX_BYTES, MAX_RATIO, RATIO_FROM_BYTES

__all__ = ["unpacked"]

_SIGNATURE = b"\x1f\x8b"
_CHUNK = 2**20


def unpacked(path: Path) -> bytes:
    """Content of the file at ``path``, unzipped where its first bytes say that it is zipped.

    Raises
    ------
    FileFormatError
        The archive is damaged, or unpacks to more than the limits; told before it is unpacked.
    """
    packed = path.read_bytes()
    if not packed.startswith(_SIGNATURE):
        return packed
    unzip = zlib.decompressobj(wbits=31)
    parts, size, waiting = [], 0, packed
    try:
        while waiting and not unzip.eof:
            parts.append(unzip.decompress(waiting, _CHUNK))
            waiting = unzip.unconsumed_tail
            size += len(parts[-1])
            if size > MAX_BYTES or size > max(RATIO_FROM_BYTES, MAX_RATIO * len(packed)):
                raise FileFormatError(_BOMB)
    except zlib.error as error:
        raise FileFormatError(_DAMAGED_GZIP) from error
    if not unzip.eof:
        raise FileFormatError(_DAMAGED_GZIP)
    return b"".join(parts)


_BOMB = Fault(
    Text(
        f"Le fichier décompressé dépasse {MAX_BYTES // 2**20} Mo ou {MAX_RATIO} fois sa taille.",
        f"The unpacked file exceeds {MAX_BYTES // 2**20} MB or {MAX_RATIO} times its size.",
    ),
    "",
    Text(
        "Découper le fichier, par commune par exemple.",
        "Split the file, by municipality for instance.",
    ),
)
_DAMAGED_GZIP = Fault(
    Text("L'archive .gz est abîmée ou incomplète.", "The .gz archive is damaged or incomplete."),
    "",
    Text("Télécharger de nouveau le fichier.", "Download the file again."),
)
