"""`recognition simulate` as a person types it."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.web.cli.conftest import Typist

EMPTY = ("simulate", "--schools", "3", "--advisors", "1", "--from", "2025-09-03", "--until", "2025-12-19")


def test_a_rehearsal_is_told_as_a_table_and_drawn(typist: Typist, tmp_path: Path) -> None:
    picture = tmp_path / "year.svg"
    said = typist.do(*EMPTY, "--svg", str(picture))
    assert said.startswith("Rehearsal from Wednesday 3 September 2025 to Friday 19 December 2025, seed 1.")
    assert "Nothing was written and nobody was told." in said
    assert "2025-12-15" in said
    drawn = ET.fromstring(picture.read_text(encoding="utf-8"))  # noqa: S314 (our own picture)
    names = {one.tag.partition("}")[2] for one in drawn.iter()}
    assert {"title", "desc", "path"} <= names
    assert "engagements: 3" in "".join(drawn.itertext())


def test_programs_read_it_as_json_and_hold_it_against_what_is_usual(typist: Typist) -> None:
    told = typist.ask(*EMPTY, "--orders", "2:2025-10-06:2025-10-10", "--compare")
    assert (told["summary"]["engagements"], told["as_it_is"]["summary"]["engagements"]) == (5, 3)
    assert [week["week"] for week in told["weeks"]][:2] == ["2025-09-01", "2025-09-08"]
    assert set(told["weeks"][0]["late"]) == {"council", "school"}
    assert sum(told["emails_per_day"].values()) == told["summary"]["emails"]
    assert told == typist.ask(*EMPTY, "--orders", "2:2025-10-06:2025-10-10", "--compare"), "the same seed"


def test_a_copy_of_the_record_begins_now(typist: Typist) -> None:
    told = typist.ask("simulate", "--until", "2025-11-30")
    assert told["from"] == typist.now.isoformat()
    assert told["summary"]["engagements"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2025-09-03"), "A copy of the record begins now. Leave --from out, or begin empty with --schools."),
        (("--until", "2020-01-01"), "The last day, 2020-01-01, lies before the first."),
        (("--away", "nobody@example.org:2026-01-01:2026-01-31"), "nobody at the council has the address"),
        (("--no-visits", "February"), "write the first and the last day, such as 2027-02-01:2027-02-28."),
        (("--no-visits", "2026-02-30:2026-03-01"), "write the first and the last day"),
        (("--orders", "many:2026-01-01:2026-01-31"), "begin with how many there are"),
        (("--orders", "5:2031-01-01:2031-01-31"), "these days must lie between"),
        (
            ("--schools", "9990", "--orders", "10:2025-12-01:2025-12-31"),
            "and this rehearsal needs 10,000. Ask for fewer.",
        ),
    ],
)
def test_what_cannot_be_rehearsed_is_told_in_a_sentence(typist: Typist, words: tuple[str, ...], said: str) -> None:
    result = typist.type("simulate", *words)
    assert result.exit_code == 6
    assert said in " ".join(result.stderr.split())


def test_an_offer_that_is_not_there_is_told_before_anything_is_rehearsed(typist: Typist) -> None:
    result = typist.type("simulate", "--schools", "2", "--offer", "reading")
    assert result.exit_code == 5
    assert 'There is no offer called "reading". Installed: mentoring.' in result.stderr


def test_habits_with_mistakes_are_refused_with_their_keys(typist: Typist, tmp_path: Path) -> None:
    habits = tmp_path / "habits.toml"
    habits.write_text("[council]\nanswers = [5, 1]\n", encoding="utf-8")
    result = typist.type("simulate", "--habits", str(habits))
    assert result.exit_code == 6
    assert "habits.toml: school" in result.stderr
    habits.write_text("answers = [", encoding="utf-8")
    assert "habits.toml cannot be read." in typist.type("simulate", "--habits", str(habits)).stderr
