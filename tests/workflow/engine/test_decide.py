"""A decision is made of values: no record is opened here, and everything that would be written can be read."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.conftest import NOW
from tests.keys import KEY
from workflow.domain.actor import Actor
from workflow.domain.effects import Effect, Recipient
from workflow.domain.facts import Facts, ParticipantFact
from workflow.domain.happening import Happening, Owes
from workflow.engine import decide
from workflow.engine.catalogue import Catalogue
from workflow.engine.course import Course, Ground
from workflow.engine.decide import Asked
from workflow.errors import Refused
from workflow.store.cases import Case
from workflow.store.history.chain import GENESIS, seal_of

LEAD = Actor("lead_advisor", 2)
KNOWN = Facts("SFS-1", Decimal("265.00"), school_open=True, lead_named=True, places=12, advisor_id=1)
PEOPLE = tuple(ParticipantFact(number, "nominated", 1, name_confirmed=False) for number in (1, 2, 3))


@pytest.fixture
def ground(offers: Catalogue) -> Ground:
    """An engagement that has just begun, with nobody named."""
    offer = offers.latest()
    case = Case(
        id=7, reference="CMC-25-0007-X", offer=offer.key, stage=offer.offer.start, standing="active", version=1,
        head=GENESIS, seal="", stage_since=NOW, advisor_id=1, facts=KNOWN, promises=(), stopped=(),
        addresses={"school_lead": "jenna@example.org", "head": ""}, names={}, lead_advisors=(2,), urn="900001",
        dates_version=0,
    )  # fmt: skip
    return Ground(case, offers.machine(*offer.key), offer.calendar, NOW + timedelta(days=1), KNOWN, KEY)


def with_people(ground: Ground) -> Ground:
    return ground._replace(case=ground.case._replace(facts=replace(KNOWN, participants=PEOPLE)))


def test_a_refusal_leaves_a_course_in_which_nothing_happened(ground: Ground) -> None:
    course = Course(ground)
    with pytest.raises(Refused):
        decide.fire(course, Asked("start_training"), LEAD)
    assert (course.events, course.case) == ([], ground.case)


def test_a_fact_is_told_and_whatever_follows_from_it_is_caused_by_it(ground: Ground) -> None:
    course = Course(with_people(ground))
    decide.record(course, Happening("staff_nominated", {"participants": [1, 2, 3]}), Actor("school_lead"))
    change = course.finish()
    assert [(one.seq, one.name, one.caused_by) for one in change.events] == [
        (2, "staff_nominated", None),
        (3, "start_training", 2),
    ]
    assert (change.moved.old_version, change.moved.version, change.moved.stage) == (1, 3, "training_1")
    assert change.moved.head == change.events[-1].hash


def test_events_are_chained_by_hashes_of_all_that_they_say(ground: Ground) -> None:
    course = Course(with_people(ground))
    decide.record(course, Happening("staff_nominated", {"participants": [1, 2, 3]}), Actor("school_lead"))
    first, second = course.finish().events
    assert (first.prev_hash, second.prev_hash) == (GENESIS, first.hash)
    said = second._asdict()
    assert seal_of(said, KEY) == second.hash != seal_of(said | {"actor": "advisor:9"}, KEY)


def test_what_a_use_case_owes_goes_to_one_reader_or_to_the_usual_ones_and_once(ground: Ground) -> None:
    letter = Effect("email", "we-are-late")
    course = Course(ground)
    owes = (Owes(letter), Owes(letter, Recipient("head")), Owes(letter, Recipient("head")))
    decide.record(course, Happening("message_written", {}, owes=owes), LEAD)
    assert [one.recipient for one in course.effects].count("head") == 1
    assert {one.seq for one in course.effects} == {2}
    assert len({one.key for one in course.effects}) == len(course.effects) > 1


def test_the_same_values_give_the_same_change(ground: Ground) -> None:
    """But for the salts of notes, which are nobody's to guess; there is no note here."""
    changes = []
    for _ in range(2):
        course = Course(with_people(ground))
        decide.fire(course, Asked("start_training"), LEAD)
        changes.append(course.finish())
    assert changes[0] == changes[1]
    assert ground.case.stage == "purchase", "a decision changes nothing that it was given"
