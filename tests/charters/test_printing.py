"""A charter on paper: a real PDF, read back by another library."""

import datetime as dt
import io
import re
import unicodedata

import pypdf
import pytest

from charters.loading import load_charters
from charters.printing import charter_pdf

ON = dt.date(2026, 11, 1)
PRINTED = [(charter, language) for charter in load_charters() for language in ("fr", "en")]


def read(pdf):
    """Reader of a PDF, and the text of each page with plain spaces."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    pages = [
        re.sub(r"\s+", " ", unicodedata.normalize("NFKC", page.extract_text()))
        for page in reader.pages
    ]
    return reader, pages


@pytest.fixture(scope="module")
def printed():
    """Reader and pages of both charters in both languages."""
    return {
        (charter.id, language): read(charter_pdf(charter, on=ON, language=language))
        for charter, language in PRINTED
    }


@pytest.mark.parametrize(("charter", "language"), PRINTED)
def test_everything_is_on_paper(printed, charter, language):
    """Every article and requirement, every source, the whole notice; nothing left to fill."""
    _, pages = printed[charter.id, language]
    text = " ".join(pages)
    for article, requirement in charter.requirements:
        assert article.id in text
        assert requirement.id in text
    for article in charter.articles:
        title = unicodedata.normalize("NFKC", article.title.say(language))
        assert title.replace(" ", "") in text.replace(" ", "").replace("-", "") or title in text
        assert all(name in text for name in article.sources)
    assert not re.search(r"\b(None|NaN|nan)\b|[{}]|#\w+\(", text)
    words = charter.model_notice.say(language).replace("\u00a0", " ").split()
    assert " ".join(words[:8]) in text


@pytest.mark.parametrize(("charter", "language"), PRINTED)
def test_each_page_says_what_it_is(printed, charter, language):
    """The notice of the model, the edition and the number stand on each A4 page."""
    reader, pages = printed[charter.id, language]
    notice = {
        "fr": "Charte modèle, sans valeur réglementaire",
        "en": "Model charter, without regulatory value",
    }[language]
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        assert notice in text
        assert charter.edition in text
        assert f"{number} / {len(pages)}" in text
    for page in reader.pages:
        assert (595, 842) == tuple(round(float(each)) for each in page.mediabox[2:])


@pytest.mark.parametrize(("charter", "language"), PRINTED)
def test_it_can_be_read_aloud(printed, charter, language):
    """Title, language, tags and bookmarks, as PDF/UA wants them; the contents lead to articles."""
    reader, _ = printed[charter.id, language]
    root = reader.trailer["/Root"]
    assert charter.title.say(language) == reader.metadata.title
    assert root["/Lang"].startswith(language)
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    inside = [each for each in reader.outline if isinstance(each, list)]
    titles = [each.title for part in inside for each in part if not isinstance(each, list)]
    ids = {each.split("\u00a0")[0].split(" ")[0] for each in titles}
    assert {each.id for each in charter.articles} == ids


def test_the_day_chooses_the_values():
    """PI-02: what is in force is told from what is past or to come."""
    charter = load_charters()[0]
    alone = charter.model_copy(update={"articles": charter.articles[1:2]})
    for day, share in ((dt.date(2025, 1, 1), "30"), (dt.date(2028, 1, 1), "50")):
        text = " ".join(read(charter_pdf(alone, on=day, language="fr"))[1])
        assert f"au moins {share} %" in text


def test_nothing_of_the_data_is_run(load, entry):
    """Markup and code of the typesetter, and a link, come out as they were written."""
    hostile = '#panic("x") #read("/etc/passwd") $x^2$ *b* _i_ @ref <label> \\u{41} [c] // `r` ='
    both = {"fr": f"{hostile} fr", "en": f"{hostile} en"}
    sources = (
        "LAW: {text: {fr: '#link(\"https://x\")[y] *a*', en: '#eval(\"1\") b'}, verified: text}\n"
    )
    charter = load(
        entry(title=both, chapter=both, note=both, remedy={"fr": "#pagebreak()", "en": "#[]"}),
        sources=sources,
    )
    reader, pages = read(charter_pdf(charter, on=ON, language="fr"))
    text = "".join(pages).replace(" ", "")
    for written in (hostile, '#link("https://x")[y] *a*', "#pagebreak()"):
        assert written.replace(" ", "") in text
    addresses = [
        note.get_object()["/A"].get("/URI")
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert [] == [each for each in addresses if each]


def test_the_address_of_a_source_is_a_link(load, entry):
    """It is opened from the list of sources."""
    address = "https://www.legifrance.gouv.fr/a?b=c"
    sources = f"LAW: {{text: {{fr: Loi, en: Law}}, verified: text, url: '{address}'}}\n"
    reader, _ = read(charter_pdf(load(entry(), sources=sources), on=ON, language="en"))
    found = {
        note.get_object()["/A"].get("/URI")
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    }
    assert address in found
