"""A planner changes a value in a real browser: form, effect, publication, verdict, way back."""

from __future__ import annotations

import re

import pytest
import shapely
from playwright.sync_api import expect

from geodata.crs import to_web
from geodata.store import DEMO_STORE, read_layers

PARCEL = "80021000ZX0013"


@pytest.fixture(scope="module")
def place():
    """A point inside the parcel, longitude and latitude."""
    parcels = to_web(read_layers(DEMO_STORE, only=["parcels"])["parcels"].features)
    return shapely.get_coordinates(parcels.geometry[PARCEL].representative_point())[0].tolist()


def choose(watched, label: str, words: str) -> None:
    """Choose an entry of the list of this name, and see it chosen."""
    box = watched.page.get_by_role("combobox", name=label, exact=True)
    watched.choose(box, words)
    expect(box).to_have_value(re.compile(re.escape(words)))


def study(watched, address: str, place: list[float]) -> str:
    """Outcome of PI-05b at the parcel, on the desk as it opens for whoever comes now."""
    page = watched.page
    page.goto(address)
    expect(page.locator("iframe[data-shown]")).to_be_visible(timeout=60_000)  # a cold start
    watched.look(*place, 17)
    watched.click_map(*place)
    row = page.locator("button[data-article='PI-05b']")
    expect(row).to_have_count(1)
    return row.get_attribute("data-outcome")


def sign_nothing(page) -> None:
    """With two editions and a draft there are two signatures: each says what it lacks itself."""
    page.get_by_text("Nature", exact=True).click()
    page.get_by_text("Information", exact=True).click()
    page.get_by_role("button", name="Ajouter au brouillon").click()
    expect(page.get_by_text("Ajouté au brouillon.")).to_be_visible()
    page.get_by_text("Éditions", exact=True).click()
    for button in ("Publier une nouvelle édition", "Juger selon cette édition"):
        page.get_by_role("button", name=button).click()
        row = page.locator("[class*='st-key-field_fault_']").filter(has_text="Le nom de l'auteur")
        expect(row).to_have_count(1)
    page.get_by_role("button", name="Jeter le brouillon").click()
    expect(page.get_by_role("button", name="Le reprendre")).to_be_visible()
    expect(row).to_have_count(0)
    page.get_by_text("Éditions", exact=True).click()  # it folds when the draft goes


def test_a_value_from_the_form_to_the_verdict_and_back(watched, own_desk, place, screenshots):
    """What is missing is said at its field; a draft outlives a reload; an edition is judged by."""
    page = watched.page
    before = study(watched, own_desk, place)
    page.get_by_role("link", name="Modifier", exact=True).click()
    add = page.get_by_role("button", name="Ajouter au brouillon")
    expect(add).to_be_visible()
    choose(watched, "Article", "PI-05b")
    choose(watched, "Valeur", "Distance au réseau de chaleur")
    add.click()
    expect(page.get_by_text("Ce champ est vide.")).to_have_count(3)

    page.get_by_label("À partir du").first.click()
    page.keyboard.type("01012026")
    figure = page.get_by_label("Valeur nouvelle (m)", exact=True)
    figure.fill("20,5")
    figure.press("Tab")
    choose(watched, "Source", "MODEL")
    add.click()
    expect(page.get_by_text("20,5 m à partir du 1")).to_be_visible()
    expect(page.get_by_text("changent de verdict")).to_be_visible()
    page.reload()
    expect(page.get_by_text("changent de verdict")).to_be_visible()
    page.screenshot(path=screenshots / "editing_effect.png")

    page.get_by_role("button", name="Publier une nouvelle édition").click()
    expect(page.get_by_text("Le nom de l'auteur manque.")).to_be_visible()
    page.get_by_label("Auteur").first.fill("Anne")
    page.get_by_label("Motif").first.fill("Délibération de janvier")
    page.get_by_label("Motif").first.press("Tab")
    page.get_by_role("button", name="Publier une nouvelle édition").click()
    expect(page.get_by_text("Édition 2 publiée")).to_be_visible()
    after = study(watched, own_desk, place)
    assert ("compliant", "not_applicable") == (before, after)

    page.get_by_role("link", name="Modifier", exact=True).click()
    sign_nothing(page)
    expect(page.get_by_text("Anne · depuis l'édition 1")).to_be_visible()
    page.get_by_label("Auteur").first.fill("Paul")
    page.get_by_label("Motif").first.fill("Vote annulé")
    page.get_by_label("Motif").first.press("Tab")
    page.get_by_role("button", name="Juger selon cette édition").click()
    expect(page.get_by_text("juge maintenant selon l'édition 1")).to_be_visible()
    assert before == study(watched, own_desk, place)
    # a page asked for by its own address has Streamlit look beside it first
    assert [] == [each for each in watched.errors if "404" not in each]
    assert [] == watched.outside
