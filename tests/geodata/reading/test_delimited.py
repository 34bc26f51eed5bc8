import pytest

from geodata.errors import FileFormatError
from geodata.reading.delimited import read_csv


def read(tmp_path, content, **options):
    """The table of a CSV."""
    path = tmp_path / "f.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read_csv(path, name="f", **options)
    return found


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator):
    """And leading zeros stay text."""
    found = read(tmp_path, f"insee{separator}nom\n02691{separator}Saint-Quentin\n")
    assert {"insee": ["02691"], "nom": ["Saint-Quentin"]} == found.table.to_pydict()
    assert found.shapes is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_accents_survive(tmp_path, encoding):
    """With a remark where the encoding had to be guessed."""
    found = read(tmp_path, "nom;n\nÉtouvie;1\n".encode(encoding))
    assert ["Étouvie"] == found.table.column("nom").to_pylist()
    guessed = encoding in {"latin-1", "cp1252"}
    assert guessed == bool(found.defects)


@pytest.mark.parametrize(
    ("content", "declared", "expected"),
    [
        ("nom;lon;lat\na;2,3;49,9\n", "EPSG:4326", (2.3, 49.9)),
        ("nom,x,y\na,649658.5,6977032\n", None, (649658.5, 6977032.0)),
        ("nom,x_l93,y_l93\na,649658,6977032\n", "EPSG:2154", (649658.0, 6977032.0)),
        ("nom;wkt\na;POINT(2.3 49.9)\n", None, (2.3, 49.9)),
        ('nom;geom\na;"SRID=2154;POINT(649658 6977032)"\n', "EPSG:2154", (649658.0, 6977032.0)),
        (
            'nom;forme\na;"{""type"": ""Point"", ""coordinates"": [2.3, 49.9]}"\n',
            None,
            (2.3, 49.9),
        ),
    ],
)
def test_shapes_are_told_in_columns(tmp_path, content, declared, expected):
    """The system only where the names or the SRID say it."""
    found = read(tmp_path, content)
    assert declared == found.declared
    assert expected == (found.shapes[0].x, found.shapes[0].y)


def test_an_unbalanced_quote_names_the_row(tmp_path):
    """The line where the record begins."""
    with pytest.raises(FileFormatError, match="ligne 3"):
        read(tmp_path, 'a;b\n1;2\n"3;4\n5;6\n')


def test_rows_cut_at_a_separator_are_set_aside(tmp_path):
    """And named by line."""
    found = read(tmp_path, "a;b\n1;2\n3;4;5\n6;7\n")
    assert ["1", "6"] == found.table.column("a").to_pylist()
    assert [("ragged_rows", 1, ("ligne 3 / line 3",))] == [
        (each.kind, each.count, each.ids) for each in found.defects
    ]


def test_columns_of_one_name_are_renamed(tmp_path):
    """Nothing is lost."""
    found = read(tmp_path, "a,a,A,\n1,2,3,4\n")
    assert ["a", "a_2", "A_3", "column_4"] == found.table.column_names


@pytest.mark.parametrize("content", ["a\n1\n", "", "a;b;c\n1\n2\n3\n"])
def test_text_that_is_no_table_is_refused(tmp_path, content):
    """One column, nothing, or rows that do not follow the header."""
    with pytest.raises(FileFormatError):
        read(tmp_path, content)


def test_headers_alone_are_a_table_without_rows(tmp_path):
    """Left to the report."""
    assert 0 == read(tmp_path, "a;b\n").table.num_rows
