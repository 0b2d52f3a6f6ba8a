"""Every word that may stand on a page has a meaning, and none has one that may not."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import pytest

from tests.workflow.offer.pages import MENTORING, READING
from workflow.calendar.span import UNITS
from workflow.domain.actor import ActingRole
from workflow.domain.effects import AUDIENCES, EFFECT_KINDS
from workflow.domain.guards import GUARDS, OUTCOMES
from workflow.domain.guards.rule import Takes
from workflow.domain.standing import STANDINGS
from workflow.offer.emails.placeholders import BY_AUDIENCE
from workflow.offer.fields import OPTIONS
from workflow.offer.loader import load_offer
from workflow.offer.triggers import TimerPolicy
from workflow.offer.words import placeholder_words, vocabulary
from workflow.offer.words.conditions import asked_by, in_words

KNOWN: dict[str, tuple[Iterable[str], Mapping[Any, str]]] = {
    "what guards take": (get_args(Takes), vocabulary.TAKES),
    "options of guards": (OPTIONS, vocabulary.OPTIONS),
    "units": (UNITS, vocabulary.UNITS),
    "effects": (EFFECT_KINDS, vocabulary.EFFECTS),
    "audiences": (AUDIENCES, vocabulary.AUDIENCES),
    "roles": (get_args(ActingRole), vocabulary.ROLES),
    "standings": (STANDINGS, vocabulary.STANDINGS),
    "judgements": (OUTCOMES, vocabulary.OUTCOMES),
    "timer policies": (get_args(TimerPolicy), vocabulary.TIMERS),
    "placeholders": (
        frozenset().union(*placeholder_words.SITUATIONS.values(), *BY_AUDIENCE.values()),
        placeholder_words.PLACEHOLDERS,
    ),
}


@pytest.mark.parametrize("kind", KNOWN)
def test_every_word_has_a_meaning_and_no_other(kind: str) -> None:
    words, meanings = KNOWN[kind]
    assert set(words) == set(meanings)


@pytest.mark.parametrize("guard", GUARDS)
def test_every_guard_can_be_said(guard: str) -> None:
    assert asked_by(guard).endswith(".")
    assert "{" not in asked_by(guard)


@pytest.mark.parametrize("folder", [MENTORING, READING], ids=lambda folder: folder.name)
def test_conditions_of_a_page_speak_of_its_own_meetings_and_amounts(folder: object) -> None:
    offer = load_offer(MENTORING if folder == MENTORING else READING)
    titles = {one.name: one.title for one in offer.appointments}
    said = [in_words(rule, titles) for one in offer.transitions for rule in one.guards]
    assert all(said)
    assert not [one for one in said if "_" in one.replace("not_yet_met", "")]


def test_a_condition_reads_as_people_say_it() -> None:
    offer = load_offer(MENTORING)
    titles = {one.name: one.title for one in offer.appointments}
    (training,) = offer.triggers["complete_training_1"]
    assert [in_words(rule, titles) for rule in training.guards] == [
        "the register of Training session 1 has been taken",
        "at least 3 members of staff were at Training session 1 or have caught up",
    ]
    (issue,) = offer.triggers["issue_certificates"]
    assert in_words(issue.guards[0], titles) == "the last judgement of Quality assurance visit is “met”"
