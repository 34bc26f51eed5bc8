import pytest

from geodata.fetching import faults

MADE = [
    faults.bad_status(503, "h"),
    faults.not_there("h"),
    faults.connection("h"),
    faults.certificate("h"),
    faults.too_slow("h"),
    faults.too_long_a_wait(7200.0, "h"),
    faults.strange_host("evil.example", "h"),
    faults.redirect_loop("h"),
    faults.wrong_type("text/html", "h"),
    faults.too_large(5 * 2**20, "h"),
    faults.damaged("h"),
    faults.disk("No space left", "h"),
    faults.not_json("h"),
    faults.unexpected_answer("['error']", "h"),
    faults.repeated_page("h"),
    faults.incomplete(3, 9, "h"),
]


@pytest.mark.parametrize("fault", MADE)
def test_a_fault_has_three_parts_in_both_languages(fault):
    """What, where, and what to do."""
    assert "h" == fault.where
    for text in (fault.what, fault.remedy):
        assert text.fr
        assert text.en
        assert text.fr != text.en


def test_every_fault_of_the_module_is_tried_here():
    """None is forgotten."""
    assert len(faults.__all__) == len(MADE)


def test_passing_and_lasting_refusals_have_other_remedies():
    """Try later, or tell us."""
    assert "Try again later" in faults.bad_status(500, "h").remedy.en
    assert "may have changed" in faults.bad_status(400, "h").remedy.en


def test_long_texts_of_services_are_cut():
    """An answer does not fill the screen."""
    assert len(faults.wrong_type("x" * 500, "h").what.en) < 200
    assert len(faults.unexpected_answer("x" * 500, "h").what.en) < 200
    assert "?" in faults.too_long_a_wait(float("inf"), "h").what.en
