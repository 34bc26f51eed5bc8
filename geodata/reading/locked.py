"""The parent's side of the reading process: what it is given, what it may use, what comes back."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyogrio

from geodata.errors import DataError, Fault, FileFormatError, MissingCrsError
from geodata.language import Text
from geodata.reading.detecting import DRIVERS
from geodata.reading.limits import MAX_MEMORY_BYTES, MAX_SECONDS

__all__ = ["ask", "deadline", "locked_environment"]

_ERRORS: dict[str, type[DataError]] = {
    each.__name__: each for each in (DataError, FileFormatError, MissingCrsError)
}
_PACKAGES = Path(__file__).resolve().parents[2]
_DEAD_PROXY = "http://127.0.0.1:9"
_INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
_MODULE = "geodata.reading.worker"
_LEAST_SECONDS = 0.01


def deadline() -> float:
    """Instant of the monotonic clock at which the reading of a file that begins now is given up."""
    return time.monotonic() + MAX_SECONDS


def ask(request: dict[str, Any], *, folder: Path, until: float) -> dict[str, Any]:
    """Answer of a new reading process to ``request``; its refusals are raised.

    Parameters
    ----------
    request
        What to do: ``do``, ``kind``, ``file`` (a generated name in ``folder``) and so on.
    folder
        Folder in which the process works.
    until
        Instant at which it is ended, see :func:`deadline`.

    Raises
    ------
    DataError
        What the process refuses; FileFormatError where it died or took too long.
    """
    with contextlib.suppress(subprocess.TimeoutExpired, json.JSONDecodeError):
        ended = subprocess.run(  # noqa: S603 - our own module, under a generated file name
            [sys.executable, "-P", "-m", _MODULE],
            input=json.dumps(request) + "\n",
            capture_output=True,
            check=False,
            cwd=folder,
            encoding="utf-8",
            errors="replace",
            env=locked_environment(request.get("kind")),
            timeout=max(_LEAST_SECONDS, until - time.monotonic()),
        )
        if ended.returncode == 0:
            answer: dict[str, Any] = json.loads(ended.stdout)
            if "error" in answer:
                raise _ERRORS[answer["error"]](*map(_heard, answer["faults"]))
            return answer
        raise FileFormatError(_DIED)
    raise FileFormatError(_GAVE_UP)


def locked_environment(kind: str | None = None) -> dict[str, str]:
    """Environment of the reading process: no network, and the one driver that ``kind`` needs.

    Names are separated by commas, because several drivers have a space in theirs.
    """
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    allowed = DRIVERS.get(kind or "")
    skipped = [each for each in _drivers() if each != allowed]
    return {
        **kept,
        "PYTHONPATH": str(_PACKAGES),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "ignore",
        "GDAL_SKIP": ",".join(skipped),
        "GDAL_HTTP_PROXY": _DEAD_PROXY,
        "http_proxy": _DEAD_PROXY,
        "https_proxy": _DEAD_PROXY,
        "NO_PROXY": "",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_DISABLE_READDIR_ON_OPEN": "FALSE",
        "SHAPE_RESTORE_SHX": "YES",
        "PROJ_NETWORK": "OFF",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }


@functools.cache
def _drivers() -> tuple[str, ...]:
    """Names of all drivers of GDAL."""
    return tuple(sorted(pyogrio.list_drivers()))


def _heard(told: list[str]) -> Fault:
    """Fault that came from the reading process."""
    what_fr, what_en, where, remedy_fr, remedy_en = told
    return Fault(Text(what_fr, what_en), where, Text(remedy_fr, remedy_en))


_SPLIT = Text(
    "Découper le fichier, ou le réenregistrer depuis QGIS.",
    "Split the file, or save it again from QGIS.",
)
_DIED = Fault(
    Text(
        f"Le fichier est abîmé, ou demande plus de {MAX_MEMORY_BYTES // 2**20} Mo de mémoire.",
        f"The file is damaged, or needs more than {MAX_MEMORY_BYTES // 2**20} MB of memory.",
    ),
    "",
    _SPLIT,
)
_GAVE_UP = Fault(
    Text(
        f"La lecture a demandé plus de {MAX_SECONDS} secondes.",
        f"Reading took more than {MAX_SECONDS} seconds.",
    ),
    "",
    _SPLIT,
)
