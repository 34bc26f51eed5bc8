import pytest
import shapely

import geodata.demo


def test_zacs_carry_the_cnig_code_and_the_station_district_does_not(built):
    """Three perimeters 02-00, one 99-00, each with its cluster."""
    zones = built["zones"].set_index("theme")
    for theme in ("digital", "health", "energy"):
        assert ["02", "00"] == zones.loc[theme, ["typeinf", "stypeinf"]].tolist()
    assert ["99", "00"] == zones.loc["station", ["typeinf", "stypeinf"]].tolist()


def test_zacs_carry_their_published_attributes(built):
    """Area, year and developer are those of the press, with the uncertainty of the place."""
    zones = built["zones"].set_index("theme")
    assert [112, 80, 63] == zones["published_area_ha"].dropna().tolist()
    assert [2006, 2010, 2007] == zones["created_year"].dropna().tolist()
    assert "Amiens Aménagement" == zones.loc["energy", "developer"]
    assert "approx ±700 m" == zones.loc["energy", "geom_precision"]


def test_the_plan_is_a_partition_of_its_communes(built):
    """No gap and no overlap of more than crumbs; every plan says that it is a demonstration."""
    shapes = built["plu_zones"].geometry.to_numpy()
    covered = geodata.demo.coverages()["plu_zones"]
    assert shapely.area(shapes).sum() == pytest.approx(covered.area, rel=1e-5)
    assert shapely.union_all(shapes).area == pytest.approx(covered.area, rel=1e-5)
    assert built["plu_zones"]["idurba"].str.endswith("_PLU_DEMO").all()
    assert {"U", "AUc", "AUs", "A", "N"} == set(built["plu_zones"]["typezone"])


def test_prescriptions_have_the_expected_types(built):
    """Surfaces 26, 38, 39, 44, 48 and lines 22-03."""
    prescriptions = built["plu_prescriptions"]
    lines = prescriptions.geom_type.str.contains("LineString")
    assert {"22"} == set(prescriptions.loc[lines, "typepsc"])
    assert {"26", "38", "39", "44", "48"} == set(prescriptions.loc[~lines, "typepsc"])


def test_shopping_lines_run_along_parcels(built):
    """Each protected front lies on the edge of parcels."""
    prescriptions = built["plu_prescriptions"]
    lines = prescriptions[prescriptions["typepsc"] == "22"].union_all()
    touched = built["parcels"][built["parcels"].distance(lines) < 0.01]
    assert lines.length > 500
    assert len(touched) > 30
    assert lines.difference(shapely.boundary(touched.union_all()).buffer(0.01)).length < 1
