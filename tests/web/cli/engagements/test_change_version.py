"""Another version at the console: installed, foreseen for everybody under the one before, done, and taken back."""

from pathlib import Path

import pytest

from tests.offers.versions.another import changed
from tests.web.cli.conftest import Typist
from tests.workflow.offer.pages import MENTORING

AS_LEAD = ("--as", "lead@example.org")
LATER = "mentoring-2027-09"


@pytest.fixture
def sold(furnished: Typist, ref: str, tmp_path: Path) -> Typist:  # noqa: ARG001 (ordered before there was another)
    """A later version is installed, under which school journeys lapse sooner."""
    there = tmp_path / "later"
    there.mkdir()
    folder = changed(
        MENTORING, there, "2027-09", {'after = "40 school days"\ntrigger': 'after = "30 school days"\ntrigger'}
    )
    furnished.do("offer", "install", str(folder), "--as", "system")
    return furnished


def test_all_of_a_version_are_moved_and_taken_back(sold: Typist, ref: str) -> None:
    asked = ("bulk", "change-version", "--version", LATER, "--note", "New.", "--of", "mentoring-2026-09", *AS_LEAD)
    said = sold.do(*asked)
    assert "It stays at “Purchase”. The school is to name at least three staff by" in said
    assert "as before. Due on another day: lapse unanswered on" in said
    assert said.endswith("Nothing has changed. To do it, add --yes.\n")
    before = sold.ask("engagement", "show", ref)
    sold.do(*asked, "--yes")
    assert sold.ask("engagement", "show", ref)["offer"] == LATER
    again = sold.type(*asked)
    assert (again.exit_code, "No engagement under way is of mentoring-2026-09" in again.stderr) == (6, True)
    sold.do("bulk", "take-back", "1", "--why", "Too soon.", "--yes", *AS_LEAD)
    after = sold.ask("engagement", "show", ref)
    for one in ("stage", "standing", "offer", "promises"):
        assert after[one] == before[one], one
    assert "every history is whole" in sold.do("audit", "verify")


def test_one_is_moved_and_its_history_says_so(sold: Typist, ref: str) -> None:
    told = sold.do("engagement", "change-version", ref, LATER, "--note", "The school asks for it.", *AS_LEAD)
    assert told.startswith(f"{ref} goes on under {LATER}. It stays at “Purchase”.")
    assert [one["title"] for one in sold.ask("engagement", "show", ref)["history"]][-1] == (
        "Goes on under another version of the offer: 2027-09"
    )
    refused = sold.type("engagement", "change-version", ref, "mentoring-2031-09", "--note", "New.", *AS_LEAD)
    assert (refused.exit_code, refused.stderr) == (
        5,
        "There is no offer “mentoring-2031-09” here. “recognition offer list” says which there are.\n",
    )
