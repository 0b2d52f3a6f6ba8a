"""A copy for one person has everything of theirs, what others wrote of them, and nothing that lets anybody in."""

import json

from tests.journeys import PEOPLE
from tests.workflow.usecases.privacy.conftest import Home, home
from workflow.queries.privacy import copy, own_data
from workflow.queries.privacy.corrections import corrections
from workflow.queries.privacy.own_data import OwnData
from workflow.store.privacy.kinds import KINDS

__all__ = ["home"]
ADA = PEOPLE[0]


def _read(home: Home, email: str = ADA.email) -> OwnData:
    with home.store.reading() as session:
        return own_data.read(session, email, home.journey.now)


def test_everything_of_theirs_is_in_it(home: Home) -> None:
    data = _read(home)
    told = {one.title: one for one in data.sections}
    assert [*told][: len(KINDS)] == [kind.title for kind in KINDS]
    text = copy.as_text(data)
    for said in ("I, Ada Pascoe, did it.", "Well done, Ada Pascoe.", "Dear Ada", "ada@polwhevral.example.org"):
        assert said in text
    assert any(content.startswith(b"\x89PNG") for content in data.files.values())
    assert any(content.startswith(b"%PDF") for content in data.files.values())
    assert "What happened and when" in text


def test_what_others_wrote_of_them_is_in_it_and_marked(home: Home) -> None:
    notes = next(one for one in _read(home).sections if one.title == "Meetings, visits and notes")
    others = [line for line in notes.lines if not line.own]
    assert any("leads the induction" in str(line.values) for line in others)
    assert any("was ill" in str(line.values) for line in others)


def test_nothing_of_others_and_nothing_that_lets_in_is_in_it(home: Home) -> None:
    whole = copy.as_json(_read(home))
    assert json.loads(whole)["names"] == ["Ada Pascoe"]
    for secret in ("salt", "password_hash", "fence", PEOPLE[1].email, "jenna@"):
        assert secret not in whole


def test_a_contact_gets_what_is_about_them_and_not_the_engagement(home: Home) -> None:
    data = _read(home, "jenna@polwhevral.example.org")
    named = [line for one in data.sections for line in one.lines if line.about == "engagement:1"]
    assert [*named[0].values] == ["reference", "lead_name", "lead_email"]


def test_it_is_told_where_each_is_put_right(home: Home) -> None:
    with home.store.reading() as session:
        (here,) = corrections(session, ADA.email)
        assert (here.kind, here.reference, here.number) == ("participant", home.journey.reference, 1)
        assert [one.kind for one in corrections(session, "jenna@polwhevral.example.org")] == ["contact"]
        assert [one.kind for one in corrections(session, "advisor@example.org")] == ["account"]
