"""Layers in PostgreSQL with PostGIS: an import is one transaction, writers pass one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg
import pyarrow as pa
from psycopg import errors, sql

from geodata.addresses import shown_name
from geodata.errors import MissingFileError, PlanningError, StoreError
from geodata.store import faults
from geodata.store.contents import Stored
from geodata.store.plans import Plan
from geodata.store.postgis_tables import (
    EDITIONS,
    drop_features,
    names,
    prepare,
    read_edition,
    write_edition,
    write_records,
)
from geodata.store.records import COLUMNS, Record, from_row

__all__ = ["PATIENCE_S", "change", "read", "stamp"]

PATIENCE_S = 30.0
"""How long a writer waits for another one."""

_WRITERS = 7_461_938_204_001
"""Key of the advisory lock that lets writers through one by one."""
_CONNECT_TIMEOUT_S = 5

Choice = Callable[[Sequence[Record]], Sequence[Record]]


def read(address: str, choose: Choice) -> list[Stored]:
    """Editions that ``choose`` picks among the records of the store, with their features.

    Raises
    ------
    MissingFileError
        The database holds no store.
    StoreError
        The database does not answer, or an edition is not what was written.
    """
    with _connected(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            if not _is_there(connection):
                raise MissingFileError(faults.missing(shown_name(address)))
            chosen = choose(_read_records(connection, address))
            return [read_edition(connection, record) for record in chosen]


def change(address: str, plan: Callable[[tuple[Record, ...]], Plan]) -> tuple[Record, ...]:
    """Make the store what ``plan`` says, in one transaction; writers pass one by one.

    Parameters
    ----------
    address
        URL of the database; schema, tables and PostGIS are made there when missing.
    plan
        Function from the records of the store to what it is to become.

    Returns
    -------
    tuple of Record
        Every edition of the store as it is now.

    Raises
    ------
    StoreError
        The database does not answer or refuses, or another writer does not end.
    """
    with _connected(address) as connection, connection.transaction():
        connection.execute("SELECT set_config('lock_timeout', %s, true)", (f"{PATIENCE_S:.3f}s",))
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITERS,))
        before = _read_records(connection, address) if _is_there(connection) else ()
        planned = plan(before)
        if planned.records != before:
            prepare(connection)
            for record, layer in planned.added:
                write_edition(connection, record, layer)
            drop_features(connection, before, planned)
            write_records(connection, planned.records)
    return planned.records


def stamp(address: str) -> str:
    """Text that changes whenever the store does; empty where there is none."""
    with _connected(address) as connection:
        if not _is_there(connection):
            return ""
        statement = sql.SQL("SELECT md5(string_agg(seal, ',' ORDER BY rank)) FROM {}")
        row = connection.execute(statement.format(EDITIONS)).fetchone()
    return "" if row is None or row[0] is None else str(row[0])


@contextmanager
def _connected(address: str) -> Iterator[psycopg.Connection]:
    """Connection that is closed at the end; no message of the server or the driver gets out.

    They may quote the address, and the password with it.
    """
    where = shown_name(address)
    try:
        connection = psycopg.connect(
            address, connect_timeout=_CONNECT_TIMEOUT_S, application_name="technopole"
        )
    except (psycopg.Error, UnicodeError):
        raise StoreError(faults.unreachable(where)) from None
    with connection:
        try:
            yield connection
        except PlanningError:
            raise
        except errors.LockNotAvailable as error:
            raise StoreError(faults.busy(where)) from error
        except errors.InsufficientPrivilege as error:
            raise StoreError(faults.forbidden(where)) from error
        except errors.FeatureNotSupported as error:  # the extension is not on the server
            raise StoreError(faults.no_postgis(where)) from error
        except psycopg.OperationalError as error:
            raise StoreError(
                faults.refused(where, code=error.sqlstate)
                if error.sqlstate
                else faults.unreachable(where)
            ) from error
        except psycopg.Error as error:
            raise StoreError(faults.refused(where, code=error.sqlstate or "?")) from error
        except (pa.ArrowException, LookupError, TypeError) as error:
            raise StoreError(faults.damaged(where)) from error


def _is_there(connection: psycopg.Connection) -> bool:
    """Whether the database holds a store."""
    row = connection.execute("SELECT to_regclass('technopole.editions') IS NOT NULL").fetchone()
    return row == (True,)


def _read_records(connection: psycopg.Connection, address: str) -> tuple[Record, ...]:
    """Every edition the store remembers."""
    statement = sql.SQL("SELECT {} FROM {} ORDER BY rank").format(names(COLUMNS), EDITIONS)
    rows = connection.execute(statement).fetchall()
    try:
        return tuple(from_row(dict(zip(COLUMNS, row, strict=True))) for row in rows)
    except (ValueError, TypeError) as error:
        raise StoreError(faults.damaged(shown_name(address))) from error
