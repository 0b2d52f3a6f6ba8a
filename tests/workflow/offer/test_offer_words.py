"""The words of an offer: every stage, trigger, promise and email has some for everyone who reads it, in one style."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.facts import NOTHING_YET
from tests.workflow.offer.pages import MENTORING, READING
from workflow.domain.effects import Effect
from workflow.domain.facts import ParticipantFact
from workflow.engine.promises import turn
from workflow.offer.check.timers import stages_of
from workflow.offer.definition import Offer, Stage, Timer
from workflow.offer.emails.email_template import EmailTemplate
from workflow.offer.emails.placeholders import BY_AUDIENCE
from workflow.offer.loader import load_offer
from workflow.offer.triggers import Transition, Verb

ALL = [load_offer(folder) for folder in (MENTORING, READING)]
SHIPPED = ALL[0]


STAGES = [pytest.param(offer, stage, id=stage.name) for offer in ALL for stage in offer.stages]
TRANSITIONS = [pytest.param(offer, one, id=one.trigger) for offer in ALL for one in offer.transitions]
TIMERS = [pytest.param(timer, id=timer.name) for timer in SHIPPED.timers]
EMAILS = [pytest.param(email, id=email.name) for email in SHIPPED.emails.values()]


def is_a_heading(words: str) -> bool:
    return words == words.strip() and words[:1].isupper() and words[-1] not in ".!?:"


@pytest.mark.parametrize(("offer", "stage"), STAGES)
def test_every_stage_has_words_for_the_council_and_for_the_school(offer: Offer, stage: Stage) -> None:
    assert is_a_heading(stage.title)
    assert is_a_heading(stage.school)
    assert [one.title for one in offer.stages].count(stage.title) == 1
    assert [one.school for one in offer.stages].count(stage.school) == 1


@pytest.mark.parametrize(("offer", "stage"), STAGES)
def test_at_every_stage_somebody_owes_the_next_move_until_the_end(offer: Offer, stage: Stage) -> None:
    assert stage.final is (stage == offer.stages[-1])
    assert (not stage.promises) is stage.final
    assert all(re.fullmatch(r"[a-z].*[^.]", one.to) for one in stage.promises), "each reads on after “We promised to”"
    assert all(one.until for one in stage.promises[:-1]), "the next counts when the one before is kept"


@pytest.mark.parametrize(("offer", "transition"), TRANSITIONS)
def test_every_trigger_has_words_for_the_button_the_history_and_the_school(
    offer: Offer, transition: Transition
) -> None:
    words = (transition.title, transition.done, transition.school)
    assert all(is_a_heading(one) for one in words)
    assert transition.school not in words[:2]
    for place, one in enumerate(words):
        assert [(t.title, t.done, t.school)[place] for t in offer.transitions].count(one) == 1


@pytest.mark.parametrize(("offer", "transition"), TRANSITIONS)
def test_whatever_a_trigger_asks_for_is_asked_as_a_question(offer: Offer, transition: Transition) -> None:
    assert transition in offer.triggers[transition.trigger]
    asked = [*filter(None, [transition.note]), *(one.ask for one in transition.inputs)]
    assert all(re.fullmatch(r"[A-Z].*\?", question) for question in asked)


@pytest.mark.parametrize("offer", ALL, ids=lambda offer: offer.offer.code)
def test_phases_are_counted_from_one_and_read_on_after_who(offer: Offer) -> None:
    assert [phase.number for phase in offer.phases] == list(range(1, len(offer.phases) + 1))
    assert all(is_a_heading(phase.title) and phase.means[0].islower() for phase in offer.phases)


@pytest.mark.parametrize("offer", ALL, ids=lambda offer: offer.offer.code)
def test_every_appointment_is_met_at_a_stage(offer: Offer) -> None:
    assert {stage.appointment for stage in offer.stages} - {None} == set(offer.appointment)
    assert all(is_a_heading(kind.title) for kind in offer.appointments)


def owed(offer: Offer) -> Iterator[Effect]:
    yield from offer.offer.effects
    sources: tuple[Verb | Timer, ...] = (*offer.transitions, *offer.moves, *offer.timers)
    for one in sources:
        yield from one.effects
    policy = offer.policy
    for name in (
        policy.correction,
        policy.message,
        policy.school_changed,
        policy.mentioned,
        policy.support,
        policy.uninvite,
        policy.welcome,
        policy.digest,
        *policy.handover,
        *(policy.readdressed or ()),
    ):
        yield from (Effect("email", named) for named in (name,) if named)


@pytest.mark.parametrize("offer", ALL, ids=lambda offer: offer.offer.code)
def test_every_email_is_sent_by_something(offer: Offer) -> None:
    carriers = {offer.certificate.email} if offer.certificate else set()
    assert {one.name for one in owed(offer) if one.kind == "email"} | carriers == set(offer.emails)


@pytest.mark.parametrize("timer", TIMERS)
def test_every_timer_falls_silent_when_its_reason_has_gone(timer: Timer) -> None:
    """A promise that is kept and a meeting that is off take their timers with them; a stage goes on."""
    assert timer.unless is not None or timer.stage is None


@pytest.mark.parametrize("timer", TIMERS)
def test_a_reminder_never_comes_after_the_journey_it_reminds_of_has_lapsed(timer: Timer) -> None:
    hangs_on = (timer.stage, timer.promise, timer.span.unit)
    ends = [one for one in SHIPPED.timers if one.trigger and (one.stage, one.promise, one.span.unit) == hangs_on]
    assert all(timer.span.count <= one.span.count for one in ends)


def test_the_warning_before_a_lapse_tells_the_truth_about_the_days_left() -> None:
    warning = SHIPPED.timer["warn-of-lapse"]
    (lapse,) = (one for one in SHIPPED.timers if one.trigger == "lapse")
    left = lapse.span.count - warning.span.count
    assert warning.span.unit == lapse.span.unit == "school days"
    assert f"{left} school days" in SHIPPED.emails["lapse-warning"].subject
    assert f"within {left} school days from today" in SHIPPED.emails["lapse-warning"].body


@pytest.mark.parametrize("email", EMAILS)
def test_every_email_greets_helps_and_takes_leave(email: EmailTemplate) -> None:
    assert email.body.startswith("Dear {{ name }},\n")
    assert "{{ help }}" in email.body or "{{ contact }}" in email.body
    assert email.body.endswith("Kind regards,\n\n{{ signature }}")
    assert email.body.count("Kind regards,") == 1


@pytest.mark.parametrize("email", EMAILS)
def test_every_email_keeps_the_house_style(email: EmailTemplate) -> None:
    assert len(email.subject) <= 70
    assert is_a_heading(email.subject.replace("{{ school }}", "School"))
    body = email.body.removeprefix("Dear {{ name }},")
    assert not re.search(r"!|—|(?i:please note|click here|do not hesitate|asap|kindly)", email.subject + body)
    assert not re.search(r"\bI\b|\bwhilst\b|ize\b|ization", body)
    assert not re.search(r"£|\d{4}|https?://", email.subject + body), "numbers, prices and links come from the offer"


@pytest.mark.parametrize("email", EMAILS)
def test_an_email_says_where_to_go_when_its_reader_has_a_page(email: EmailTemplate) -> None:
    links = re.findall(r"\[([^\]]+)\]\(\{\{ (\w+) \}\}\)", email.body)
    pages = {"school_lead": "status_link", "head": "status_link", "advisor": "case_link", "lead_advisor": "case_link"}
    pages |= dict.fromkeys(("participants", "completed", "participant", "attended"), "person_link")
    found = {pages.get(audience) for audience in email.to}
    said = {link for _, link in links if link != "verify_link"}
    wanted = found - {None} if len(found) == 1 else set[str | None]()
    if wanted == {"status_link"}:
        wanted = {*BY_AUDIENCE["school_lead"] & said} or wanted
    if "{{ serial }}" in email.body:
        wanted = set()  # the certificate's number leads to its own page
    if "{{ note_link }}" in email.body:
        wanted = {"note_link"}  # so does a note
    assert said == wanted
    assert all(is_a_heading(words) for words, _ in links)


#: Who will have done something by the day an email names, and the words that say so. An email that is not here names
#: the promise itself beside its day.
WHOSE_DAY = {
    "confirm-names": ("school", "confirm it on your own page by {{ promise_by }}"),
    "follow-up-1-complete": ("council", "offer you dates for follow-up meeting 2 by {{ promise_by }}"),
    "follow-up-2-complete": ("council", "offer you dates by {{ promise_by }}"),
    "framework-complete": ("council", "offer you dates for follow-up meeting 1 by {{ promise_by }}"),
    "framework-reminder": ("school", "is due **by {{ promise_by }}**"),
    "framework-start": ("school", "send in your evidence by {{ promise_by }}"),
    "participant-welcome": ("council", "We will offer your school dates for the first session by {{ promise_by }}"),
    "qa-met": ("school", "confirms how each person's name should be printed, by {{ promise_by }}"),
    "training-1-complete": ("council", "offer you dates for training session 2 by {{ promise_by }}"),
    "training-1-next": ("council", "offer you dates for training session 1 by {{ promise_by }}"),
    "training-2-complete": ("school", "evidence should be with us by {{ promise_by }}"),
    "welcome": ("school", "name at least {{ minimum_staff }} members of staff by {{ promise_by }}"),
}
DAYS = [email for email in SHIPPED.emails.values() if "promise_by" in email.placeholders]


def when_sent(email: EmailTemplate) -> set[str]:
    """The stages an engagement may be in when this email is owed."""
    effect = Effect("email", email.name)
    stages = {one.to or name for one in SHIPPED.transitions if effect in one.effects for name in one.from_}
    stages |= {stage for one in SHIPPED.timers if effect in one.effects for stage in stages_of(SHIPPED, one)}
    return stages | ({SHIPPED.offer.start} if effect in SHIPPED.offer.effects else set())


def test_it_is_known_whose_day_each_email_names() -> None:
    beside = {email.name for email in DAYS if "promise" in email.placeholders}
    assert {email.name for email in DAYS} - beside == set(WHOSE_DAY)


@pytest.mark.parametrize("name", WHOSE_DAY)
def test_the_day_an_email_names_is_the_day_of_whom_it_speaks_of(name: str) -> None:
    """A stage is new when it is written about: nothing is booked, and no name for a certificate is confirmed."""
    owner, words = WHOSE_DAY[name]
    email, person = SHIPPED.emails[name], ParticipantFact(1, "completed", 1, name_confirmed=False)
    facts, now = replace(NOTHING_YET, school_open=True, participants=(person,)), datetime(2026, 1, 12, tzinfo=UTC)
    promised = [turn(SHIPPED, SHIPPED.calendar, stage, facts, (), now=now) for stage in when_sent(email)]
    assert words in email.body
    assert email.body.count("{{ promise_by }}") == 1
    assert {one and one.owner for one in promised} == {owner}
