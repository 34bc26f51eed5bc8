"""A private PostgreSQL with PostGIS for tests and benchmarks, in a folder that goes afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

__all__ = ["postgis_server"]

_MISSING = "PostgreSQL with PostGIS is not installed: run make postgis as root"


@contextmanager
def postgis_server(*, is_durable: bool = False, settings: Iterable[str] = ()) -> Iterator[str]:
    """URL of an empty database with PostGIS on the loopback, alive while the block runs.

    The server runs as an unprivileged user, on a free port, without a password. ``is_durable``
    keeps its writes on the disk, as a benchmark wants them and a test does not; ``settings`` are
    added to those of the server.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="technopole-postgis-"))
    user = _unprivileged(folder)
    cluster, port = folder / "cluster", _free_port()
    chosen = [
        "listen_addresses=127.0.0.1",
        f"port={port}",
        f"unix_socket_directories={folder}",
        *([] if is_durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
        *settings,
    ]
    options = " ".join(f"-c {each}" for each in chosen)
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid} if user else {}

    def run(program: str, *words: str) -> None:
        with (folder / "said").open("ab") as said:
            done = subprocess.run(
                [programs / program, *words],
                check=False,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                **as_user,
            )
        if done.returncode:
            raise RuntimeError((folder / "said").read_text(errors="replace")[-2000:])

    try:
        run("initdb", "-D", str(cluster), "-U", "technopole", "-A", "trust", "-E", "UTF8", "-N")
        run("pg_ctl", "-D", str(cluster), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            server = f"postgresql://technopole@127.0.0.1:{port}"
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE layers")
            with psycopg.connect(f"{server}/layers") as connection:
                connection.execute("CREATE EXTENSION postgis")
            yield f"{server}/layers"
        finally:
            run("pg_ctl", "-D", str(cluster), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Folder of initdb and pg_ctl, of the newest version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: each.parent.name)
    asked = shutil.which("pg_config")
    if asked:
        said = subprocess.run([asked, "--bindir"], check=True, capture_output=True, text=True)
        folders.insert(0, Path(said.stdout.strip()))
    found = [each for each in folders if (each / "initdb").exists()]
    if not found:
        raise RuntimeError(_MISSING)
    return found[-1]


def _unprivileged(folder: Path) -> str | None:
    """User the server runs as, owner of the folder; None for the one who asks, unless root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            owner = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        return name
    raise RuntimeError("PostgreSQL refuses to run as root, and no other user was found")


def _free_port() -> int:
    """Port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
