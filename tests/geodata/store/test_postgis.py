"""The PostGIS store: what it refuses and never says. What both stores do is in test_writing."""

import dataclasses
import traceback

import psycopg
import pytest

from geodata.errors import StoreError
from geodata.store import read_layers, store_stamp, write_layers

SECRET = "s3cr3t"  # noqa: S105 - of nobody


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://someone:{SECRET}@127.0.0.1:1/layers",
        f"postgresql://someone:{SECRET}/x@127.0.0.1:1/layers",
        f"postgresql://someone:{SECRET}@127.0.0.1:port/layers",
        f"postgresql://127.0.0.1:1/layers?password={SECRET}",
        f"postgresql://someone:{SECRET}@[::1/layers",
        f"postgresql://someone:{SECRET}%zz@127.0.0.1:1/layers",
    ],
)
def test_a_database_that_cannot_be_reached_is_said_without_its_password(address, parcels):
    """Neither in the message nor in the traceback."""
    for use in (read_layers, store_stamp, lambda each: write_layers(each, [parcels])):
        with pytest.raises(StoreError, match="ne répond pas") as caught:
            use(address)
        said = caught.value.say("fr") + caught.value.say("en") + str(caught.value)
        assert SECRET not in said
        assert "someone" not in said
        lines = traceback.TracebackException.from_exception(caught.value).format()
        assert SECRET not in "".join(line for line in lines if "test_postgis" not in line)


def test_a_wrong_password_is_not_repeated(postgis, parcels):
    """Once connected, no message of the server gets out either."""
    address = postgis.replace("technopole@", f"nobody_known:{SECRET}@")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1/layers") as caught:
        write_layers(address, [parcels])
    assert SECRET not in str(caught.value)
    assert "nobody_known" not in str(caught.value)


def test_an_account_without_rights_is_told(postgis, parcels):
    """And changes nothing."""
    with psycopg.connect(postgis) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
    write_layers(postgis, [parcels])
    before = store_stamp(postgis)
    address = postgis.replace("technopole@", "reader@")
    with pytest.raises(StoreError, match="droits"):
        write_layers(address, [parcels])
    with pytest.raises(StoreError, match="droits"):
        read_layers(address)
    assert before == store_stamp(postgis)
    with psycopg.connect(postgis) as connection:
        connection.execute("DROP ROLE reader")


def test_tables_are_what_a_database_expects(postgis, parcels, stops):
    """One table per layer in the schema, shapes in the work CRS, an index on them."""
    write_layers(postgis, [parcels, stops])
    with psycopg.connect(postgis) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'technopole'"
        ).fetchall()
        shapes = connection.execute(
            "SELECT f_table_name, type, srid, coord_dimension FROM geometry_columns"
            " WHERE f_table_schema = 'technopole' ORDER BY 1"
        ).fetchall()
        indexes = connection.execute(
            "SELECT tablename FROM pg_indexes WHERE schemaname = 'technopole'"
            " AND indexdef LIKE '%gist (geometry)%' ORDER BY 1"
        ).fetchall()
        valid = connection.execute(
            "SELECT bool_and(ST_IsValid(geometry)), sum(ST_Area(geometry)) FROM technopole.parcels"
        ).fetchone()
    assert {("editions",), ("parcels",), ("transit_stops",)} == set(tables)
    assert [("parcels", "GEOMETRY", 3950, 2), ("transit_stops", "GEOMETRY", 3950, 2)] == shapes
    assert [("parcels",), ("transit_stops",)] == indexes
    assert (True, pytest.approx(1200.0, abs=1e-6)) == valid


def test_an_import_that_fails_halfway_leaves_nothing(postgis, parcels, stops):
    """A later layer that the database refuses takes the earlier ones with it."""
    write_layers(postgis, [parcels])
    before = store_stamp(postgis)
    with psycopg.connect(postgis) as connection:
        connection.execute("CREATE TABLE technopole.transit_stops (geometry text)")
    with pytest.raises(StoreError, match="code"):
        write_layers(postgis, [parcels_of_another_day(parcels), stops])
    assert before == store_stamp(postgis)
    assert 1 == read_layers(postgis)["parcels"].edition.number


def parcels_of_another_day(parcels):
    """The same parcels in another edition."""
    return dataclasses.replace(
        parcels, edition=dataclasses.replace(parcels.edition, date="2028-01-01")
    )


def test_a_catalog_that_has_grown_adds_columns(postgis, parcels, many):
    """Tables of an older program are taken up; editions without the column read as they were."""
    write_layers(postgis, [parcels])
    with psycopg.connect(postgis) as connection:
        connection.execute("ALTER TABLE technopole.parcels ADD COLUMN another text")
    write_layers(postgis, [many(2)])
    assert 2 == len(read_layers(postgis)["parcels"].features)


def test_a_store_in_the_way_of_other_software_is_left_alone(postgis, parcels):
    """A table of editions that is not ours is refused."""
    with psycopg.connect(postgis) as connection:
        connection.execute("CREATE SCHEMA technopole")
        connection.execute("CREATE TABLE technopole.editions (id integer)")
    with pytest.raises(StoreError, match="code 42703"):
        read_layers(postgis)
    with pytest.raises(StoreError, match="code 42703"):
        write_layers(postgis, [parcels])
