"""Bad files by the hundred, made from sound ones in the ways that real files go bad."""

from __future__ import annotations

import bz2
import copy
import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Iterator

from fault_seeds import CADASTRE, as_zip

__all__ = ["mutants"]

_CUTS = (0, 1, 3, 17, 0.1, 0.35, 0.6, 0.9, 0.99)
_FLIPS = 6
_NAMES = ("x.geojson", "x.gpkg", "x.shp", "x.csv", "x.dxf", "x.kml", "x.xlsx", "x.zip", "x.thf")
_POINT = {"type": "Point", "coordinates": [2.3, 49.89]}


def mutants(sound: dict[str, bytes], *, canary: str, url: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each bad file, the same at each run."""
    chance = random.Random(80021)  # noqa: S311 - files, not secrets
    for name, content in sound.items():
        yield from _damaged(name, content, chance)
    yield from _wrong_names(sound)
    yield from _geojson()
    yield from _texts()
    yield from _archives(sound)
    yield from _pointers(canary, url)


def _damaged(name: str, content: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Cut short, with bytes flipped, with a stretch of zeros or of noise, with a tail."""
    is_zip = content.startswith(b"PK")  # its checksums find nearly everything
    for cut in _CUTS[3::2] if is_zip else _CUTS:
        size = cut if isinstance(cut, int) else int(cut * len(content))
        yield f"cut_{cut}_{name}", content[:size]
    for rank in range(2 if is_zip else _FLIPS):
        flipped = bytearray(content)
        for _ in range(1 + rank * rank):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        yield f"flip_{rank}_{name}", bytes(flipped)
    middle = len(content) // 2
    yield f"zeros_{name}", content[:middle] + bytes(64) + content[middle + 64 :]
    yield f"noise_{name}", content[:middle] + chance.randbytes(64) + content[middle + 64 :]
    yield f"hole_{name}", content[:middle] + content[middle + 7 :]
    yield f"twice_{name}", content + content
    yield f"tail_{name}", content + b"\x00\xff" * 500


def _wrong_names(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Each format under the name of others: content decides."""
    for rank, content in enumerate(sound.values()):
        for name in _NAMES[rank % 3 :: 3]:
            yield f"as_{rank}_{name}", content


def _with(*features: object, **members: object) -> bytes:
    """Collection of parcels with other features and members."""
    document = copy.deepcopy(CADASTRE)
    document["features"] += features
    return json.dumps({**document, **members}).encode()


def _feature(geometry: object, /, **properties: object) -> dict[str, object]:
    """One feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _geojson() -> Iterator[tuple[str, bytes]]:
    """What is wrong inside GeoJSON."""
    bow_tie = [[2.3, 49.89], [2.301, 49.891], [2.301, 49.89], [2.3, 49.891], [2.3, 49.89]]
    metres = [[649_658, 6_977_032], [649_700, 6_977_032], [649_700, 6_977_090]]
    shapes = {
        "null": None,
        "bow_tie": {"type": "Polygon", "coordinates": [bow_tie]},
        "open_ring": {"type": "Polygon", "coordinates": [bow_tie[:-1]]},
        "empty": {"type": "Polygon", "coordinates": []},
        "short_ring": {"type": "Polygon", "coordinates": [bow_tie[:2]]},
        "huge": {"type": "Point", "coordinates": [1e308, -1e308]},
        "metres": {"type": "LineString", "coordinates": metres},
        "swapped": {"type": "Point", "coordinates": [49.89, 2.3]},
        "z": {"type": "Point", "coordinates": [2.3, 49.89, 30]},
        "text": {"type": "Point", "coordinates": ["2.3", "49.89"]},
        "no_coordinates": {"type": "Point"},
        "odd_type": {"type": "Curve", "coordinates": []},
        "list": [1, 2],
        "number": 3,
        "collection": {"type": "GeometryCollection", "geometries": [_POINT]},
        "nested": {
            "type": "GeometryCollection",
            "geometries": [{"type": "GeometryCollection", "geometries": [_POINT]}],
        },
        "antimeridian": {"type": "LineString", "coordinates": [[-179, 49], [179, 49]]},
    }
    for name, shape in shapes.items():
        yield f"shape_{name}.geojson", _with(_feature(shape, id=name))
        yield (
            f"only_{name}.geojson",
            json.dumps(
                {"type": "FeatureCollection", "features": [_feature(shape, id=name)]}
            ).encode(),
        )
    for name, member in {
        "null": None,
        "number": 3,
        "text": "EPSG:2154",
        "l93": {"type": "name", "properties": {"name": "EPSG:2154"}},
        "mercator": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        "unknown": {"type": "name", "properties": {"name": "EPSG:999999"}},
        "path": {"type": "name", "properties": {"name": "/etc/passwd"}},
        "proj": {"type": "name", "properties": {"name": "+proj=merc +nadgrids=/etc/passwd"}},
        "list": {"type": "name", "properties": []},
    }.items():
        yield f"crs_{name}.geojson", _with(crs=member)
    plain = json.dumps(CADASTRE)
    for name, text in {
        "nan": plain.replace("49.89]", "NaN]", 1),
        "infinity": plain.replace("49.89]", "-Infinity]", 1),
        "1e400": plain.replace("49.89]", "1e400]", 1),
        "digits": plain.replace("718", "7" * 5000, 1),
        "comma": plain.replace("}, {", "} {", 1),
        "surrogate": plain.replace('"ZX"', '"\\ud800"', 1),
        "duplicate_id": plain.replace("80021000ZX0002", "80021000ZX0001"),
        "number_as_text": plain.replace("718", '"718 m2"'),
        "deep": "[" * 100_000,
        "deep_object": '{"a":' * 100_000,
        "deep_geometry": plain[:-2]
        + ',{"type":"Feature","properties":{},"geometry":'
        + '{"type":"GeometryCollection","geometries":[' * 300
        + "]}" * 300
        + "}]}",
        "null": "null",
        "empty": '{"type":"FeatureCollection","features":[]}',
        "empty_crs": '{"type":"FeatureCollection","crs":null,"features":[]}',
        "features_null": '{"type":"FeatureCollection","features":null}',
        "strangers": '{"type":"FeatureCollection","features":[1,null,"a",[],{}]}',
        "topojson": '{"type":"Topology","objects":{},"arcs":[]}',
        "esri": '{"geometryType":"esriGeometryPolygon","features":[]}',
        "geometry": json.dumps(_POINT),
        "feature": json.dumps(_feature(_POINT, id="a")),
        "lines": "\n".join(json.dumps(_feature(_POINT, id=str(rank))) for rank in range(3)),
        "html": "<!DOCTYPE html><html><body>403</body></html>",
        "error": '{"code":404,"message":"/var/www/x not found"}',
    }.items():
        yield f"text_{name}.geojson", text.encode()
    yield "utf16.geojson", plain.encode("utf-16")
    yield "latin.geojson", plain.replace("ZX", "É").encode("latin-1")
    yield "bom.geojson", b"\xef\xbb\xbf" + plain.encode()
    wide = {f"c{rank}": rank for rank in range(10_000)}
    yield "10000_columns.geojson", _with(_feature(_POINT, **wide))
    yield "long_cell.geojson", _with(_feature(_POINT, note="x" * 20_000))
    yield "long_name.geojson", _with(_feature(_POINT, **{"n" * 5000: 1}))
    odd_names = {"": 1, "geometry": 2, "index": 3, "\x00": 4, "ID": 5, "Id": 6, "<img>": 7}
    yield "odd_names.geojson", _with(_feature(_POINT, **odd_names))
    yield "mixed_values.geojson", _with(_feature(_POINT, contenance={"a": [1]}, id=[1]))


def _texts() -> Iterator[tuple[str, bytes]]:
    """What is wrong inside CSV."""
    for name, content in {
        "quote": 'a;b\n1;2\n"3;4\n5;6\n',
        "quote_inside": 'a;b\n1;2\n"3"x;4\n',
        "ragged": "nom,lon,lat\nA,2.3,49.89\nB,2.3\nC,2.3,49.89,4\n",
        "one_column": "nom\nA\nB\n",
        "headers_only": "nom,lon,lat\n",
        "no_header": "1,2,3\n4,5,6\n",
        "twice": "a,a,A,,\n1,2,3,4,5\n",
        "comma_decimals": "nom;x;y\nA;649658,5;6977032,5\n",
        "degrees": "nom;lon;lat\nA;2,3;49,89\n",
        "words": "nom,lon,lat\nA,deux,quarante\n",
        "infinite": "nom,lon,lat\nA,inf,49\nB,nan,49\nC,1e308,49\nD,2.3,49.89\n",
        "swapped": "nom,lon,lat\nA,49.89,2.3\n",
        "wkt": "id,wkt\n1,POLYGON((2 49\n2,POINT(2.3 49.89)\n3,POINT(2.3 49.8)\n4,CIRCULARSTRING\n",
        "srid": "id;wkt\n1;SRID=4326;POINT(2.3 49.89)\n",
        "ewkt": 'id;wkt\n1;"SRID=4326;POINT(2.3 49.89)"\n',
        "nul": "a,b\n1,\x002\n",
        "controls": "a,b\n1,\x012\n",
        "path": "CSV:/etc/passwd",
        "formula": 'a,b\n=cmd|" /C calc"!A0,1\n',
        "wide": ",".join(f"c{rank}" for rank in range(10_000)) + "\n",
        "blank": "\n\n \n",
        "old_mac": "a,b\r1,2\r3,4\r",
        "zero_lead": "insee;lon;lat\n02691;2.3;49.89\n",
    }.items():
        yield f"{name}.csv", content.encode()
    yield "rows.csv", b"a,b\n" + b"1,2\n" * 600_000
    yield "utf16.csv", "nom;lon;lat\né;2.3;49.89\n".encode("utf-16")
    yield "latin.csv", "nom;lon;lat\né\x81;2.3;49.89\n".encode("latin-1")


def _tar(members: dict[str, bytes], *, link: str | None = None, kind: bytes = b"") -> bytes:
    """Tar of ``members``, with a link or a device in it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        if kind:
            entry = tarfile.TarInfo("lien.geojson")
            entry.type, entry.linkname = kind, link or ""
            archive.addfile(entry)
    return buffer.getvalue()


def _archives(sound: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Archives that lead elsewhere, hold others, or swell."""
    good = sound["parcelles.geojson"]
    for rank, name in enumerate(
        ("../a.geojson", "/srv/a.geojson", "a/../../b.geojson", "..\\a.geojson", "C:\\a.geojson")
    ):
        yield f"slip_{rank}.zip", as_zip({name: good})
        yield f"slip_{rank}.tar", _tar({name: good})
    yield "sound.zip", as_zip({"a/b.geojson": good})
    yield "sound.tar.gz", gzip.compress(_tar({"a.geojson": good}))
    yield "sound.geojson.gz", gzip.compress(good)
    yield "sound.tar.bz2", bz2.compress(_tar({"a.geojson": good}))
    yield "nested.zip", as_zip({"a.zip": as_zip({"a.geojson": good})})
    yield "nested.gz", gzip.compress(gzip.compress(good))
    yield "nested.tar.gz", gzip.compress(_tar({"a.gz": gzip.compress(good)}))
    yield "many.zip", as_zip({f"{rank}.geojson": good for rank in range(60)})
    yield "several.zip", as_zip({"a.geojson": good, "b.csv": sound["points.csv"], "c.pdf": "%PDF"})
    yield "case.zip", as_zip({"A.geojson": good, "a.geojson": good})
    yield "empty.zip", as_zip({})
    yield "folders.zip", as_zip({"a/": "", "b/": ""})
    yield "link.tar", _tar({"a.geojson": good}, link="/etc/passwd", kind=tarfile.SYMTYPE)
    yield "hard.tar", _tar({}, link="/etc/passwd", kind=tarfile.LNKTYPE)
    yield "device.tar", _tar({}, kind=tarfile.CHRTYPE)
    yield "bomb.geojson.gz", gzip.compress(bytes(300_000_000))
    yield "bomb.zip", as_zip({"a.geojson": bytes(300_000_000)})
    yield "bomb.tar.bz2", bz2.compress(bytes(300_000_000))
    rows = b"a,b\n" + b"1,2\n" * 5_000_000
    yield "rows.zip", as_zip({"a.csv": rows})
    linked = io.BytesIO()
    with zipfile.ZipFile(linked, "w") as archive:
        entry = zipfile.ZipInfo("a.geojson")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    yield "link.zip", linked.getvalue()
    locked = bytearray(as_zip({"a.geojson": good}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[locked.find(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    yield "locked.zip", bytes(locked)
    lying = bytearray(as_zip({"a.geojson": good}))
    lying[lying.rfind(b"PK\x05\x06") + 10 : lying.rfind(b"PK\x05\x06") + 12] = b"\xff\xff"
    yield "lying.zip", bytes(lying)


def _pointers(canary: str, url: str) -> Iterator[tuple[str, bytes]]:
    """Files that name other files or addresses, in every guise."""
    vrt = (
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{}</SrcDataSource>'
        "<SrcLayer>canary</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
    )
    feature = json.dumps(_feature(_POINT, id="a"))
    crs = '{"type":"FeatureCollection","crs":%s,"features":[' + feature + "]}"
    link = json.dumps({"type": "link", "properties": {"href": f"{url}/crs", "type": "proj4"}})
    address = json.dumps({"type": "url", "properties": {"url": f"{url}/crs"}})
    kml = (
        '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file://{0}">]>'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>&x;</name><Point>'
        "<coordinates>2.3,49.89</coordinates></Point></Placemark><NetworkLink><Link><href>{1}"
        "/a.kml</href></Link></NetworkLink></Document></kml>"
    )
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    table = "!table\n!version 300\n!charset WindowsLatin1\n\nDefinition Table\n  {}\n"
    for name, text in {
        "vrt.geojson": vrt.format(canary),
        "vrt.csv": vrt.format(canary),
        "vrt.vrt": vrt.format(f"CSV:{canary}"),
        "vrt_http.geojson": vrt.format(f"/vsicurl/{url}/a.geojson"),
        "vrt_declared.kml": '<?xml version="1.0"?>' + vrt.format(canary),
        "wfs.xml": f"<OGRWFSDataSource><URL>{url}/wfs?SERVICE=WFS</URL></OGRWFSDataSource>",
        "wfs.geojson": f"WFS:{url}/wfs",
        "oapif.geojson": f"OAPIF:{url}",
        "gml.gml": '<FeatureCollection xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="a {url}/a.xsd"/>',
        "crs_link.geojson": crs % link,
        "crs_url.geojson": crs % address,
        "path.geojson": f"CSV:{canary}",
        "curl.geojson": f"/vsicurl/{url}/a.geojson",
        "http.geojson": f"{url}/a.geojson",
        "pg.geojson": "PG:host=127.0.0.1 dbname=x",
        "entity.kml": kml.format(canary, url),
        "laughs.kml": '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY l0 "lol">' + laughs + "]>"
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>&l9;</name></Document></kml>',
        "seamless.tab": table.format('Type NATIVE Charset "x"') + '"\\IsSeamless" = "TRUE"\n',
        "view.tab": f'!table\n!version 100\nopen table "{canary}" as t\n',
        "linked.tab": table.format(f'Type LINKED File "{canary}"'),
        "edigeo.thf": "BOMT 12:E0000B02.THF\r\nCSET 03:IRV\r\nRTYSA03:GTS\r\nLONSA20:../../../etc/"
        "passwd\r\nGNNSA06:EDAB01\r\nEOM\r\n",
        "dxf_xref.dxf": "0\nSECTION\n2\nBLOCKS\n0\nBLOCK\n8\n0\n2\nX\n70\n4\n1\n"
        f"{canary}\n0\nENDBLK\n0\nENDSEC\n0\nEOF\n",
    }.items():
        yield name, text.encode()
    yield "vrt.zip", as_zip({"a.vrt": vrt.format(canary), "b.geojson": vrt.format(canary)})
    yield "kmz_link.kmz", as_zip({"doc.kml": kml.format(canary, url)})
    yield "prj_link.zip", as_zip({"a.shp": b"\x00\x00\x27\x0a" + bytes(96), "a.prj": canary})
