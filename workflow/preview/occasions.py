"""Every occasion on which an offer sends an email, each with a made-up event that it would be sent for. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workflow.domain.change import EventData
from workflow.domain.effects import FORMER, Effect, Recipient, mention_key
from workflow.domain.facts import PromiseFact
from workflow.domain.happening import STEP_UNDONE, StatusChange, kept
from workflow.english import listed
from workflow.offer import refunds
from workflow.offer.definition import Offer, Timer
from workflow.offer.fields import EVERY
from workflow.offer.triggers import StatusTransition, Transition
from workflow.offer.words.timers import when
from workflow.preview.made_up import ADVISOR_ID, ONE, SERIAL, MadeUp

#: The events there are: one that is taken back, and the one that owes the letter.
UNDONE, OWING = 1, 2
#: The verbs of a review, whose letters tell what is still needed.
_REVIEWS = ("return", "accept")


@dataclass(frozen=True, slots=True)
class Occasion:
    """`words` say when. `stage` is where the event leaves the journey, `to` whom the letter goes to where that is not
    its usual readers, `audience` who reads it instead of those, and `key` what the outbox knows it by."""

    words: str
    email: str
    stage: str
    name: str
    data: EventData = field(default_factory=dict)
    step: StatusChange | None = None
    promise: PromiseFact | None = None
    to: Recipient | None = None
    audience: str | None = None
    key: str = ""


def occasions(about: MadeUp) -> Iterator[Occasion]:
    """In the order in which the page tells of them."""
    offer = about.offer
    start = offer.offer.start
    for effect in _emails(offer.offer.effects):
        yield Occasion("when an order comes in", effect.name, start, "began", promise=about.promise(start))
    for one in offer.transitions:
        yield from _of_transition(about, one)
    for move in offer.moves:
        yield from _of_move(about, move)
    for timer in offer.timers:
        yield from _of_timer(about, timer)
    yield from _of_policy(about)


def _emails(effects: Iterable[Effect]) -> Iterator[Effect]:
    return (one for one in effects if one.kind == "email")


def _of_transition(about: MadeUp, one: Transition) -> Iterator[Occasion]:
    offer = about.offer
    here = [name for name in one.from_ if not offer.stage[name].final or "completed" in one.standing.from_]
    if not here:
        return
    words = f"after “{one.title}”{_where(offer, here)}"
    stage = one.to or here[0]
    goes_on = one.standing.to == "active" and not offer.stage[stage].final
    promise = about.promise(stage) if goes_on else None
    data = _entered(about, one, here[0])
    for effect in _emails(one.effects):
        yield Occasion(words, effect.name, stage, one.trigger, data, promise=promise)
    if any(effect.kind == "certificate" for effect in one.effects) and offer.certificate is not None:
        yield _certified(offer, words, stage)


def _where(offer: Offer, stages: list[str]) -> str:
    if len(stages) >= sum(not stage.final for stage in offer.stages):
        return ""
    return f" at {listed([f'“{offer.stage[name].title}”' for name in stages], 'or')}"


def _entered(about: MadeUp, one: Transition, stage: str) -> EventData:
    """What somebody would have entered, and what goes back to the school."""
    data: dict[str, object] = {asked.name: about.on.isoformat() if asked.kind == "date" else 1 for asked in one.inputs}
    refund = refunds.quote(about.offer, stage, about.offer.offer.price) if one.refund else None
    return data if refund is None else {**data, "refund": str(refund)}


def _certified(offer: Offer, words: str, stage: str) -> Occasion:
    name = offer.certificate.email if offer.certificate else ""
    data = {"participant": ONE, "serial": SERIAL}
    return Occasion(words, name, stage, "certificate_issued", data, to=Recipient("participant", ONE))


def _of_move(about: MadeUp, move: StatusTransition) -> Iterator[Occasion]:
    offer = about.offer
    kind = next((one.name for one in offer.appointments), "")
    if (move.of == "appointment" and not kind) or (move.of != "appointment" and not offer.phases):
        return
    step = StatusChange(
        move.of,
        ONE,
        move.from_[0],
        move.to,
        (),
        next(iter(move.reasons), None),
        kind if move.of == "appointment" else "",
    )
    data = {**kept([step]), **_subject(about, move.of, kind)}
    if move.verb in _REVIEWS:
        data["review"] = ONE
    words = f"after “{move.title}” {_of_whom(move.of)}"
    stage = _stage_of(offer, move.of, kind)
    promise = about.promise(stage)
    # A certificate's letters go to its owner, whoever else may read what its verb sends.
    to = Recipient("participant", ONE) if move.of == "certificate" else None
    for effect in _emails(move.effects):
        yield Occasion(words, effect.name, stage, f"{move.of}_{move.to}", data, step, promise, to)


def _of_whom(noun: str) -> str:
    return {"participant": "about somebody who takes part", "appointment": "about a meeting"}.get(
        noun, "about a certificate"
    )


def _subject(about: MadeUp, noun: str, kind: str) -> EventData:
    if noun == "appointment":
        return {"appointment": ONE, "kind": kind, "starts_at": about.meets_at.isoformat(), "sequence": 0}
    return {"participant": ONE} | ({"serial": SERIAL} if noun == "certificate" else {})


def _stage_of(offer: Offer, noun: str, kind: str) -> str:
    """A stage at which the step would be taken."""
    if noun == "appointment":
        return next((one.name for one in offer.stages if one.appointment == kind), offer.offer.start)
    later = [one.name for one in offer.stages if one.name != offer.offer.start]
    return later[0] if noun == "participant" else later[-1]


def _of_timer(about: MadeUp, timer: Timer) -> Iterator[Occasion]:
    offer, words = about.offer, when(about.offer, timer)
    data: EventData = {"timer": timer.name}
    step = None
    stage = timer.stage or offer.offer.start
    if timer.at is not None:
        kind = next((one.name for one in offer.appointments if timer.at in (EVERY, one.name)), "")
        stage = _stage_of(offer, "appointment", kind)
        status = "booked" if timer.before else "held"
        step = StatusChange("appointment", ONE, status, status, (), kind=kind)
        data = {**data, **_subject(about, "appointment", kind)}
    promise = _promised(about, timer.promise) if timer.promise else about.promise(stage)
    for effect in _emails(timer.effects):
        where = promise.stage if promise else stage
        yield Occasion(words, effect.name, where, "timer", data, step, promise, audience=timer.escalate_to)


def _promised(about: MadeUp, owner: str) -> PromiseFact | None:
    """The first stage at which it is theirs to act, and what they then owe."""
    turns = (about.promise(stage.name) for stage in about.offer.stages if not stage.final)
    return next((one for one in turns if one is not None and one.owner == owner), None)


def _of_policy(about: MadeUp) -> Iterator[Occasion]:
    """What the policy of the page sends, where it names an email."""
    yield from (one for one in (*_to_all(about.offer), *_about_people(about)) if one.email)


def _to_all(offer: Offer) -> Iterator[Occasion]:
    policy, start = offer.policy, offer.offer.start
    yield Occasion("after a step is taken back", policy.correction or "", start, STEP_UNDONE, {"of": UNDONE})
    yield from (Occasion("when another advisor takes over", one, start, "handed_over") for one in policy.handover)
    yield Occasion("when an advisor writes to the school", policy.message or "", start, "message_written")
    changed = "when the register shows a school closed, moved or renamed"
    yield Occasion(changed, policy.school_changed or "", start, "school_status_changed")
    to, key = Recipient("advisor", ADVISOR_ID), mention_key(ONE, ADVISOR_ID)
    yield Occasion("when a note mentions a colleague", policy.mentioned or "", start, "began", to=to, key=key)


def _about_people(about: MadeUp) -> Iterator[Occasion]:
    offer, policy = about.offer, about.offer.policy
    if not offer.phases:
        return
    start, person, data = offer.offer.start, Recipient("participant", ONE), {"participant": ONE}
    often = "when evidence has come back several times"
    yield Occasion(often, policy.support or "", start, "participant_returned", data, to=Recipient("advisor"))
    kind = next((one.name for one in offer.appointments if "participants" in one.invite), "")
    off = {**_subject(about, "appointment", kind), **data}
    yield Occasion(
        "when somebody who was invited leaves", policy.uninvite or "", start, "guests_changed", off, to=person
    )
    yield Occasion("when somebody joins later", policy.welcome or "", start, "staff_nominated", to=person)
    to_old, to_new = policy.readdressed or ("", "")
    right, former = "when an address is put right", Recipient(FORMER, ONE)
    yield Occasion(f"{right}, to the old one", to_old, start, "participant_corrected", to=former)
    yield Occasion(f"{right}, to the new one", to_new, start, "participant_corrected", to=person)
