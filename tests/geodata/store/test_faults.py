from pathlib import Path

import pytest

from geodata.store import faults as store_faults

PATH = Path("/home/someone/metropole.gpkg")


@pytest.mark.parametrize(
    "fault",
    [
        store_faults.missing(PATH),
        store_faults.not_a_store(PATH),
        store_faults.other_layout(PATH, (3,), expected=1),
        store_faults.other_layout(PATH, None, expected=1),
        store_faults.damaged(PATH),
    ],
)
def test_faults_name_the_file_and_a_remedy_but_no_folder(fault):
    """What, where, what to do, in both languages."""
    for language in ("fr", "en"):
        said = fault.say(language)
        assert said.startswith("metropole.gpkg")
        assert "someone" not in said
        assert fault.remedy.say(language) in said
