"""Time and memory of ``assess --parcels-file`` on the 4 241 parcels of a real cadastre."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = "cadastre-91216/cadastre-91216-parcelles.json"


def main() -> int:
    """Print one row of a Markdown table per kind of file."""
    folder = os.environ.get("TECHNOPOLE_REAL_DATA", "")
    cadastre = Path(folder) / FILE
    if not folder or not cadastre.is_file():
        print("TECHNOPOLE_REAL_DATA does not name the folder of real files: nothing is measured.")
        return 0
    print("| real cadastre, 4 241 parcels | seconds | peak memory so far | file |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        for output in ("geojson", "json", "csv"):
            out = Path(made) / f"verdicts.{output}"
            seconds = assessed(cadastre, out)
            # The largest process yet, in kilobytes; the formats stand in the order of their size.
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            size = out.stat().st_size / 1e6
            print(f"| {output} | {seconds:.1f} | {peak:.0f} MB | {size:.0f} MB |")
    return 0


def assessed(cadastre: Path, out: Path) -> float:
    """Seconds of the command, as a planner starts it."""
    words = [sys.executable, "-m", "zones", "assess", "--parcels-file", str(cadastre)]
    words += ["--project", "zones/examples/digital_offices.yaml", "--out", str(out)]
    start = time.perf_counter()
    subprocess.run(words, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
