"""The calendar at the console: a day counted, a school's own dates, and what a changed calendar moves."""

from pathlib import Path

import pytest

from tests.web.cli.conftest import Typist

#: Half term a week earlier than everybody's, and an INSET day in the week in which the list is due.
OWN = """What,Name,From,To
Term,Autumn,01/09/2025,19/12/2025
Half term,Autumn half term,20/10/2025,24/10/2025
Term,Spring,05/01/2026,02/04/2026
Half term,Spring half term,16/02/2026,20/02/2026
Term,Summer,20/04/2026,23/07/2026
Half term,Summer half term,25/05/2026,29/05/2026
INSET day,,16/10/2025,
"""


@pytest.fixture
def own(bare: Typist) -> Path:
    file = bare.home / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_a_day_is_counted_and_explained(typist: Typist) -> None:
    assert typist.do("calendar", "count", "2025-10-21", "5 school days").replace("\n", " ").strip() == (
        "Tuesday 4 November 2025: 5 school days after 21 October, skipping half term 27 to 31 October."
    )
    assert "Tuesday 21 October 2025" in typist.do("calendar", "count", "2025-11-04", "5 school days", "--before")


def test_a_length_that_is_none_is_refused_with_an_example(typist: Typist) -> None:
    result = typist.type("calendar", "count", "2025-10-21", "soon")
    assert (result.exit_code, "is not a length of time" in result.output) == (2, True)


def test_own_dates_show_what_they_move_and_keep_nothing_until_they_are_applied(
    typist: Typist, ref: str, own: Path
) -> None:
    before = typist.ask("calendar", "check")
    shown = typist.ask("calendar", "school", "900001", str(own))
    assert before == []
    assert {one["ref"] for one in shown} == {ref}
    (promise,) = [one for one in shown if one["what"] == "name at least three staff"]
    assert (promise["was"][:10], promise["becomes"][:10]) == ("2025-10-20", "2025-10-28")
    assert promise["why"] == (
        "Tuesday 28 October 2025: 10 school days after 6 October, skipping INSET day on 16 October and half term 20 to "
        "24 October"
    )
    assert typist.ask("calendar", "school", "900001", str(own)) == shown, "nothing was kept"
    typist.do("calendar", "school", "900001", str(own), "--apply")
    assert typist.ask("calendar", "school", "900001", str(own)) == []
    assert typist.ask("engagement", "show", ref)["promises"][0]["by"][:10] == "2025-10-28"
    assert typist.do("audit", "verify")


def test_a_list_with_mistakes_is_refused_whole(typist: Typist, ref: str, own: Path) -> None:
    bad = OWN.replace("Half term,Spring", "Holiday,Spring").replace("16/10/2025", "sixteenth")
    own.write_text(bad, encoding="utf-8")
    result = typist.type("calendar", "school", "900001", str(own), "--apply")
    assert result.exit_code == 6
    assert "is none of: term, half term, INSET day, closed" in " ".join(result.output.split())
    assert "is not a date" in result.output
    own.write_text(OWN.replace("Half term,Spring half term,16/02/2026,20/02/2026\n", ""), encoding="utf-8")
    result = typist.type("calendar", "school", "900001", str(own), "--apply")
    assert "the Spring term from 05/01/2026 has no half terms inside it" in " ".join(result.output.split())
    assert typist.ask("calendar", "check") == []
    assert typist.ask("engagement", "show", ref)["promises"][0]["by"][:10] == "2025-10-20"


def test_an_unknown_school_is_said_so(typist: Typist, own: Path) -> None:
    assert typist.type("calendar", "school", "999999", str(own)).exit_code == 5


def test_new_timers_of_the_school_are_counted_on_its_own_dates(typist: Typist, ref: str, own: Path) -> None:
    typist.do("calendar", "school", "900001", str(own), "--apply")
    typist.later(days=1)
    typist.do("fire", ref, "hold", "--note", "Inspection.", "--set", "review_on=2025-11-03")
    typist.do("fire", ref, "resume")
    assert typist.ask("engagement", "show", ref)["promises"][0]["by"][:10] == "2025-10-28"


def test_dates_on_offer_are_listed_as_the_clock_there_shows_them(typist: Typist, ref: str) -> None:
    """Half past midnight in summer is the day before at Greenwich."""
    typist.do("appointment", "offer", ref, "training_1", "2026-06-09T13:30")
    assert "Tuesday 9 June 2026 at 1:30pm" in " ".join(typist.do("appointment", "dates", ref).split())
