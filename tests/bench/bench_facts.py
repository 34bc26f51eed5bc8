"""All geometric facts of a synthetic city: ours beside PostGIS, SedonaDB and GeoPandas.

Each engine lives in a process of its own with the city in memory (or in its server) and its
indexes made. They are then asked in turn, round after round, so that none has the quieter minute.
``SIZES``, ``RUNS`` and ``ENGINES`` of the environment choose what is run, such as
``SIZES=70000,700000 RUNS=5 ENGINES=postgis,sedonadb``.
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.metadata
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "servers")]

from city import cached_city  # noqa: E402 - the path is set above
from comparing import FACTS, Difference, Results, differences, markdown  # noqa: E402 - the same

RESULTS = Path(__file__).parent / "results"
SIZES = [int(each) for each in os.environ.get("SIZES", "70000,700000").split(",")]
PEERS = os.environ.get("ENGINES", "postgis,sedonadb,geopandas").split(",")
RUNS = {70_000: 5, 700_000: 3}
SLOW = 3.0
"""A peer that takes so many times the fastest one is asked once only."""
AIMS = {70_000: 2.5, 700_000: 1.7}


class Engine:
    """One engine in a process of its own."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size = name, size
        self.seconds: list[float] = []
        self.cpu: list[float] = []
        words = [sys.executable, __file__, name, str(size)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.preparing = self._hear()

    def run(self) -> None:
        """Ask for all the facts once."""
        self._say("run")
        self.seconds.append(self._hear())
        self.cpu.append(self._hear())

    def finish(self) -> Results:
        """End the process; the facts it found."""
        self._say("end")
        self.peak_mb = self._hear()
        if self.process.wait():
            raise RuntimeError(self.name)
        frame = pd.read_parquet(_found(self.name, self.size))
        return {name: _plain(frame[name]) for name in frame}

    @property
    def median(self) -> float:
        """Median of the runs in seconds."""
        return statistics.median(self.seconds)

    def _say(self, word: str) -> None:
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def _hear(self) -> float:
        said = self.process.stdout.readline()
        if not said:
            raise RuntimeError(f"{self.name} has stopped")
        return json.loads(said)


def main() -> None:
    """Run every size, and write a page of results for each."""
    for size in SIZES:
        cached_city(size, RESULTS)
        began = os.getloadavg()[1]
        engines = [Engine(name, size) for name in ("ours", *PEERS)]
        for _ in range(int(os.environ.get("RUNS", RUNS.get(size, 5)))):
            fastest = min((each.median for each in engines[1:] if each.seconds), default=0)
            for each in engines:
                if not each.seconds or not fastest or each.median < SLOW * fastest:
                    each.run()
                    print(f"{size} {each.name}: {each.seconds[-1]:.2f} s", file=sys.stderr)
        load = max(began, os.getloadavg()[1])
        results = {each.name: each.finish() for each in engines}
        found = {name: differences(results["ours"], results[name]) for name in PEERS}
        written = page(engines, found, size=size, load=load)
        (RESULTS / f"facts-{size}.md").write_text(written, encoding="utf-8")
        medians = {each.name: each.median for each in engines}
        (RESULTS / f"facts-{size}.json").write_text(json.dumps(medians), encoding="utf-8")
        print(written)


def page(
    engines: list[Engine], found: dict[str, list[Difference]], *, size: int, load: float
) -> str:
    """Markdown of one size: times, growth, memory, differences."""
    ours = engines[0]
    fastest = min(engines[1:], key=lambda each: each.median)
    about = (
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {_machine()}; load of the machine {load:.1f}. "
        f"{len(FACTS)} facts: {', '.join(FACTS)}.\n"
    )
    head = (
        "| engine | runs | median s | least–most s | times ours | CPU s | CPU times ours | "
        "× for 10 × parcels | peak MB |"
    )
    lines = [
        f"# All facts of {size} parcels\n",
        about,
        head,
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in engines:
        less = RESULTS / f"facts-{size // 10}.json"
        before = json.loads(less.read_text()).get(each.name) if less.exists() else None
        growth = f"{each.median / before:.1f}" if before else "–"
        cpu = statistics.median(each.cpu)
        memory = "in its server" if each.name == "postgis" else f"{each.peak_mb:.0f}"
        lines.append(
            f"| {each.name} | {len(each.seconds)} | {each.median:.2f} | "
            f"{min(each.seconds):.2f}–{max(each.seconds):.2f} | {each.median / ours.median:.1f} | "
            f"{cpu:.1f} | {cpu / statistics.median(ours.cpu):.1f} | {growth} | {memory} |"
        )
    wrong = sum(each.mismatches for rows in found.values() for each in rows)
    aim = f", aim {AIMS[size]}" if size in AIMS else ""
    verdict = (
        f"\nThe fastest peer, {fastest.name}, takes {fastest.median / ours.median:.1f} times "
        f"as long as ours{aim}. Results that differ: {wrong}.\n"
    )
    lines += [
        verdict,
        markdown(found),
        "",
    ]
    return "\n".join(lines)


def work(name: str, size: int) -> None:
    """Be one engine: prepare, then answer each line of standard input by one figure."""
    import_from = importlib.import_module(f"engine_{name}")
    start = time.perf_counter()
    with import_from.engine(cached_city(size, RESULTS)) as facts:
        print(time.perf_counter() - start, flush=True)
        for line in sys.stdin:
            if line.strip() == "end":
                break
            before, start = _cpu_seconds(facts), time.perf_counter()
            found = facts()
            print(time.perf_counter() - start, flush=True)
            print(_cpu_seconds(facts) - before, flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pd.DataFrame(found()).to_parquet(_found(name, size))
        print(peak, flush=True)


def _cpu_seconds(facts: object) -> float:
    """CPU time of the processes that do the work: those an engine names, else this one."""
    ticks = 0
    for process in getattr(facts, "processes", [os.getpid()]):
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _found(name: str, size: int) -> Path:
    """File of the facts that one engine found."""
    return RESULTS / f"facts-{size}-{name}.parquet"


def _plain(column: pd.Series) -> object:
    """Numbers with NaN, or words with None."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=float)
    words = column.to_numpy(dtype=object, copy=True)
    words[pd.isna(words)] = None
    return words


def _machine() -> str:
    """Processor, cores and versions."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text().splitlines()
        model = next((each.split(":")[1].strip() for each in lines if "model name" in each), model)
    packages = ("shapely", "numba", "geopandas", "sedonadb")
    versions = ", ".join(f"{each} {importlib.metadata.version(each)}" for each in packages)
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, {versions}"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(sys.argv[1], int(sys.argv[2]))
    else:
        main()
