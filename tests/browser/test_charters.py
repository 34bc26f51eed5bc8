"""The charters as a planner reads them: search, filters, day, paper, and the way from a verdict."""

from __future__ import annotations

import io
import time

import pypdf
import pytest
import shapely
from playwright.sync_api import expect

from charters.loading import load_charters
from geodata.crs import to_web
from geodata.store import DEMO_STORE, read_layers

PARKS, SHOPS = load_charters()


@pytest.fixture
def reader(watched, desk_address):
    """Page of the charters."""
    watched.page.goto(desk_address)
    watched.page.get_by_role("link", name="Chartes").click()
    watched.page.wait_for_selector(".cr-article")
    return watched.page


def inside_first_parcel():
    """A point inside a parcel of the demonstration, longitude and latitude."""
    parcels = to_web(read_layers(DEMO_STORE, only=["parcels"])["parcels"].features)
    return shapely.get_coordinates(shapely.point_on_surface(parcels.geometry.iloc[0]))[0].tolist()


def shown(page):
    """Ids of the articles in view."""
    return page.eval_on_selector_all(
        ".cr-article:not([hidden])", "all => all.map((each) => each.dataset.article)"
    )


def search(page, text):
    """Look for something, with the keyboard."""
    page.get_by_role("searchbox").fill(text)


def test_a_charter_is_whole(reader, watched, screenshots):
    """Every article, the notice and the contents; nothing is fetched from elsewhere."""
    ids = {each.id for each in PARKS.articles}
    assert ids == set(shown(reader))
    assert len(ids) == len(shown(reader))
    expect(reader.locator(".cr-notice")).to_have_text(PARKS.model_notice.fr)
    expect(reader.locator(".cr-link")).to_have_count(len(ids))
    reader.screenshot(path=screenshots / "charters.png")
    reader.get_by_role("radio", name=SHOPS.title.fr).click()
    expect(reader.locator(".cr-name")).to_have_text(SHOPS.title.fr)
    assert {each.id for each in SHOPS.articles} == set(shown(reader))
    assert [] == watched.outside
    assert [] == [each for each in watched.errors if "404" not in each]


def test_search_folds_accents_case_and_language(reader, screenshots):
    """« / » goes to the search; hits are marked; a hit of the other language is said to be one."""
    reader.locator(".cr-name").click()
    reader.keyboard.press("/")
    reader.keyboard.type("TOITURE VEGETALISEE")
    expect(reader.locator('[data-article="PI-02"] mark').first).to_be_visible()
    marks = reader.locator('[data-article="PI-02"] mark').all_inner_texts()
    assert {"toiture", "végétalisée"} <= {each.lower() for each in marks}
    assert "PI-13" not in shown(reader)
    search(reader, "planted roof")
    note = reader.locator('[data-article="PI-02"] .cr-elsewhere')
    expect(note).to_contain_text("Trouvé dans le texte anglais")
    expect(note.locator("mark").first).to_have_text("planted")
    reader.screenshot(path=screenshots / "charters_search.png")
    reader.get_by_role("searchbox").press("Escape")
    expect(reader.locator("mark")).to_have_count(0)
    assert len(PARKS.articles) == len(shown(reader))


def test_the_first_hit_comes_into_view(reader):
    """From wherever the reader was; the count is in good French."""
    reader.locator(".cr-body").evaluate("(body) => { body.scrollTop = body.scrollHeight; }")
    search(reader, "accroche cyclable")
    expect(reader.locator(".cr-article:not([hidden]) mark").first).to_be_in_viewport()
    search(reader, PARKS.articles[0].title.fr)
    expect(reader.get_by_role("status").first).to_contain_text("1 article sur")


def test_nothing_found_and_the_way_back(reader):
    """An empty state with one button that brings everything back."""
    search(reader, "xyzzy")
    expect(reader.get_by_text("Aucun article ne correspond.")).to_be_visible()
    expect(reader.get_by_role("status").first).to_contain_text("0 article sur")
    reader.get_by_text("Effacer la recherche et les filtres").click()
    expect(reader.get_by_text("Aucun article ne correspond.")).to_be_hidden()
    assert len(PARKS.articles) == len(shown(reader))


def test_filters(reader):
    """By kind, weight and doubt; what is left is what the data say."""
    reader.get_by_label("Rappel de la loi").check()
    reader.get_by_label("Obligatoire").check()
    expected = {
        article.id
        for article, each in PARKS.requirements
        if each.kind == "legal" and each.severity == "mandatory"
    }
    assert expected == set(shown(reader))
    reader.get_by_label("Obligatoire").uncheck()
    reader.get_by_label("Rappel de la loi").uncheck()
    reader.get_by_label("À vérifier").check()
    doubtful = {
        article.id
        for article, each in PARKS.requirements
        for parameter in each.parameters.values()
        if any(value.confidence == "to_check" for value in parameter.values)
    }
    assert doubtful <= set(shown(reader)) < {each.id for each in PARKS.articles}


def test_contents_by_keyboard(reader):
    """Arrows walk through the contents; Enter brings the article to the top."""
    reader.locator(".cr-link").first.focus()
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("ArrowDown")
    target = PARKS.articles[2].id
    assert target == reader.evaluate("document.activeElement.dataset.to")
    reader.keyboard.press("Enter")
    expect(reader.locator(f'[data-article="{target}"].cr-here')).to_be_in_viewport()


def test_the_day_chooses_the_values(reader):
    """PI-02 a year later: the third share is in force, the second is past."""
    shares = reader.locator('[data-article="PI-02"] .cr-dated').filter(has_text="Seuil")
    phases = shares.first.locator(".cr-value")
    before = phases.evaluate_all("all => all.map((each) => each.className.split('cr-').pop())")
    year = reader.locator(".st-key-charter_day").get_by_role("spinbutton").last
    year.click()
    for key in ("ArrowUp", "Tab", "Tab"):  # a day is taken when its field is left
        reader.keyboard.press(key)
    expect(reader.locator(".cr-edition")).to_contain_text("2027")
    after = phases.evaluate_all("all => all.map((each) => each.className.split('cr-').pop())")
    assert (["past", "now", "future"], ["past", "past", "now"]) == (before, after)


def test_english(reader):
    """The whole document changes its language."""
    reader.get_by_text("EN", exact=True).click()
    reader.wait_for_selector('.cr-root[data-language="en"]')
    expect(reader.locator(".cr-name")).to_have_text(PARKS.title.en)
    expect(reader.locator('[data-article="PI-02"]')).to_contain_text("Otherwise")
    expect(reader.locator(".cr-root")).not_to_contain_text("S'applique")


def test_paper(reader):
    """The button gives the PDF of this charter, in this language, on this day."""
    with reader.expect_download() as waiting:
        reader.get_by_role("button", name="Imprimer en PDF").click()
    found = waiting.value
    assert found.suggested_filename.startswith("industrial_parks_")
    assert found.suggested_filename.endswith("_fr.pdf")
    with open(found.path(), "rb") as file:  # noqa: PTH123 - Playwright's own file
        pages = pypdf.PdfReader(io.BytesIO(file.read())).pages
    assert "Charte des parcs" in " ".join(pages[0].extract_text().split())


def test_from_a_verdict_to_its_article_and_back(watched, desk_address):
    """One click there, one click back, and the verdict is open again."""
    page = watched.page
    page.goto(desk_address)
    watched.map_frame()
    place = inside_first_parcel()
    watched.look(*place, 17)
    watched.click_map(*place)
    head = page.locator("button[data-article]").first
    expect(head).to_be_visible()
    requirement = head.get_attribute("data-article")
    head.click()
    page.get_by_role("button", name="Lire l'article dans la charte").click()
    owner = next(
        article.id
        for charter in (PARKS, SHOPS)
        for article, each in charter.requirements
        if each.id == requirement
    )
    article = page.locator(f'[data-article="{owner}"].cr-here')
    expect(article).to_be_in_viewport()
    article.get_by_role("button", name=f"Verdict du site {requirement}").click()
    again = page.locator(f"button[data-article='{requirement}']")
    expect(again).to_have_attribute("aria-expanded", "true")


def test_from_an_article_to_its_editing(reader):
    """The form opens at the article."""
    reader.get_by_role("button", name="Modifier PI-04").click()
    form = reader.locator("[class*='st-key-edit_requirement_industrial_parks']")
    expect(form).to_be_visible()
    chosen = form.locator("input").input_value()
    assert chosen.startswith("PI-04")


def test_a_warm_page_is_drawn_within_a_second(watched, desk_address):
    """From the click on the navigation to the last article, the second time."""
    page = watched.page
    page.goto(desk_address)
    page.get_by_role("link", name="Chartes").click()
    page.wait_for_selector(".cr-article")
    page.get_by_role("link", name="Couches").click()
    page.wait_for_selector(".st-key-layers_panel")
    start = time.perf_counter()
    page.get_by_role("link", name="Chartes").click()
    page.wait_for_selector(".cr-article:last-child")
    assert time.perf_counter() - start < 3  # a second on a quiet machine
