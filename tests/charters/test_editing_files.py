"""A draft is named by a path: an edition, a charter, an article, or a draft that is kept."""

import shutil

import pytest

from charters.editing import EditText
from charters.editing_drafts import keep_change, new_draft
from charters.editing_files import draft_charters
from charters.loading import PACKAGED, load_charters
from geodata.errors import CharterError, MissingFileError

pytestmark = pytest.mark.usefixtures("desk")

TITLE = EditText(
    charter="industrial_parks", requirement="PI-05", part="title", text=("Chaleur", "Heat")
)


def titles(charters):
    """English title of PI-05, and how many articles there are."""
    named = {each.id: each.title.en for charter in charters for each in charter.articles}
    return named["PI-05"], len(named)


COUNT = titles(load_charters())[1]


def test_an_article(tmp_path):
    """It takes the place of the one with its id; with another id it joins the charter."""
    text = (PACKAGED / "industrial_parks" / "PI-05.yaml").read_text("utf-8")
    text = text.replace("Connection to the heat network", "Heat", 1)
    (tmp_path / "PI-05.yaml").write_text(text, "utf-8")
    assert ("Heat", COUNT) == titles(draft_charters(tmp_path / "PI-05.yaml"))
    other = text.replace("PI-05", "PI-90")
    (tmp_path / "PI-90.yaml").write_text(other, "utf-8")
    assert COUNT + 1 == titles(draft_charters(tmp_path / "PI-90.yaml"))[1]


def test_a_charter_and_an_edition(tmp_path):
    """The other charter is that of the edition in use."""
    folder = shutil.copytree(PACKAGED / "industrial_parks", tmp_path / "e" / "industrial_parks")
    file = folder / "PI-05.yaml"
    text = file.read_text("utf-8").replace("Connection to the heat network", "Heat", 1)
    file.write_text(text, "utf-8")
    for path in (folder, tmp_path / "e"):
        assert ("Heat", COUNT) == titles(draft_charters(path))


def test_a_kept_draft(desk):
    """With its own base."""
    draft = keep_change(new_draft(), TITLE)
    file = desk / "charters" / "drafts" / f"{draft.id}.yaml"
    assert ("Heat", COUNT) == titles(draft_charters(file))


def test_the_sources_beside_a_charter(tmp_path):
    """They are what its articles may cite."""
    folder = shutil.copytree(PACKAGED / "industrial_parks", tmp_path / "industrial_parks")
    (tmp_path / "sources.yaml").write_text("ONLY: {text: [a, b], verified: text}\n")
    with pytest.raises(CharterError, match=r"sources\.yaml"):
        draft_charters(folder)


def test_what_is_no_draft(tmp_path):
    """Nothing, an empty folder, a file of something else."""
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(MissingFileError):
            draft_charters(path)
    (tmp_path / "other.yaml").write_text("a: 1\n")
    with pytest.raises(CharterError, match="industrial_parks"):
        draft_charters(tmp_path / "other.yaml")
    (tmp_path / "charter.yaml").write_text("id: mine\n")
    with pytest.raises(CharterError):
        draft_charters(tmp_path)
