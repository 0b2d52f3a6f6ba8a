"""What may be recorded about a case now, for its page: which forms stand there, and which of them is wanted next. Pure.

Everything follows from the offer's page and the facts: a kind of appointment belongs to the stage that names it, needs
a register where a guard reads one, and people are nominated until, and completed from, the stage that waits for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from workflow.acts.participants import DECISIONS
from workflow.domain.actor import ADVISING_ROLES
from workflow.domain.facts import Facts
from workflow.domain.lifecycles import APPOINTMENT, DECIDED_STATUSES, SIDE_STATUSES
from workflow.domain.standing import OPEN_STANDINGS
from workflow.offer.definition import AppointmentKind, Offer
from workflow.offer.installed.worked_out import once
from workflow.queries.places.meetings import judged_kinds
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases.elsewhere.school_changes import JOINED
from workflow.usecases.elsewhere.transfers import REPLACED, TRANSFERRED
from workflow.usecases.undo.heard import UNDONE

_DATES_PUT_ASIDE = ("moved", "cancelled")
_READ_REGISTERS = ("register_taken", "staff_trained")
#: What is said of a meeting by its forms, where the offer has a word for it; the others are about what stands there.
_SAYS = {one: one for one in ("offer", "book", "hold", "register", "cancel")} | {"catch-up-date": "book"}
_READ_DECISIONS = ("everyone_decided", "staff_completed")


class TakesPart(Protocol):
    """A participant, as a row or as a fact."""

    @property
    def id(self) -> int: ...

    @property
    def status(self) -> str: ...


class MeetingDate(Protocol):
    """A date of a meeting, as a row or as a fact."""

    @property
    def id(self) -> int: ...

    @property
    def kind(self) -> str: ...

    @property
    def status(self) -> str: ...

    @property
    def purpose(self) -> str: ...

    @property
    def starts_at(self) -> datetime: ...


class Recorded(Protocol):
    """What has been recorded about a case, as far as its forms follow from it."""

    @property
    def offer(self) -> Offer: ...

    @property
    def engagement(self) -> Engagement: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def participants(self) -> Sequence[TakesPart]: ...

    @property
    def appointments(self) -> Sequence[MeetingDate]: ...


@dataclass(frozen=True, slots=True)
class AppointmentForms:
    """One kind of appointment and its forms, the next one first. `place` is how far off its stage is: 0 for now,
    and None where no stage names it. `latest` is the date that counts, and `written` says that what was agreed at it
    is; `active` are those its register asks about, and `missed` were at none of its dates. `verbs` are what the offer
    lets whoever reads say of a meeting."""

    kind: AppointmentKind
    place: int | None
    reads_register: bool
    latest: MeetingDate | None
    written: bool
    active: tuple[TakesPart, ...]
    missed: tuple[TakesPart, ...]
    verbs: frozenset[str]
    now: datetime

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(one for one in self._forms() if self._may(one))

    @property
    def wanted(self) -> str:
        """The form that the stage in progress waits for. Nobody waits for a date to be moved."""
        first = next(iter(self.forms), "")
        return first if self.place == 0 and (first != "book" or self.latest is None) else ""

    @property
    def ahead(self) -> bool:
        """A date is agreed, and its time has not come."""
        return self.latest is not None and self.latest.status == "booked" and self.latest.starts_at > self.now

    def _may(self, form: str) -> bool:
        """Another date in place of one that is offered or agreed moves that one, too."""
        moves = form in ("book", "offer") and self.latest is not None and self.latest.status in ("offered", "booked")
        return _SAYS.get(form) in (None, *self.verbs) and (not moves or "move" in self.verbs)

    def _forms(self) -> Iterator[str]:
        status = self.latest.status if self.latest else ""
        if status == "booked" and not self.ahead:
            yield from ("register", "hold") if self._registers and self.reads_register else ("hold",)
        if self.latest and status in ("held", "registered") and self.kind.outputs and not self.written:
            yield "outputs"
        if status == "held" and self._registers:
            yield "register"
        if status == "registered" and self.missed:
            yield from ("catch-up", "catch-up-date")
        if self.place in (None, 0) or (self.place > 0 and status in ("", "offered", "booked")):
            yield "book"
        if status != "booked" and self.place in (None, 0, 1):
            yield "offer"
        if status == "offered" or self.ahead:
            yield "cancel"

    @property
    def _registers(self) -> bool:
        return bool(self.active) and (self.reads_register or self.place == 0)


@dataclass(frozen=True, slots=True)
class Person:
    """What may be recorded about one participant: decisions by verb with their reasons, the phase, the name and the
    address, that somebody else comes, or that they go on elsewhere; and, where they hold a certificate, sending it
    again, and with the reasons there are replacing or withdrawing it."""

    who: Participant
    decisions: dict[str, str]
    reasons: dict[str, str] = field(default_factory=dict)
    phase: bool = False
    named: bool = False
    replace: bool = False
    transfer: bool = False
    send: bool = False
    reissue: dict[str, str] = field(default_factory=dict)
    revoke: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Openings:
    """`meetings` begins with the stage in progress; `reasons` are those for calling a date off. `planning` are the
    visits that nobody has judged yet, for which the school can be given something to do."""

    meetings: tuple[AppointmentForms, ...] = ()
    nominate: bool = False
    reasons: dict[str, str] = field(default_factory=dict)
    planning: tuple[AppointmentKind, ...] = ()


def found(view: Recorded, now: datetime, role: str) -> Openings:
    """Nothing, once the engagement has ended. Assessors plan what a visit asks for, and record nothing else."""
    if view.engagement.standing not in OPEN_STANDINGS or role not in ADVISING_ROLES:
        return Openings(planning=planning(view))
    number = view.offer.stage_number[view.engagement.stage]
    verbs = frozenset(verb for verb in APPOINTMENT.verbs if _says(view.offer, "appointment", verb, role))
    meetings = (_meeting(view, kind, number, verbs, now) for kind in view.offer.appointments)
    return Openings(
        meetings=tuple(sorted((one for one in meetings if one.forms), key=lambda one: one.place != 0)),
        nominate=nominates(view.offer, view.engagement, role),
        reasons=_why_off(view.offer),
        planning=planning(view),
    )


def nominates(offer: Offer, engagement: Engagement, role: str) -> bool:
    """Whether people may be named still."""
    early = offer.stage_number[engagement.stage] <= _deciding(offer)[-1]
    return bool(offer.phases) and early and engagement.standing in OPEN_STANDINGS and role in ADVISING_ROLES


def planning(view: Recorded) -> tuple[AppointmentKind, ...]:
    """Kinds of visit that took place and wait for a judgement."""
    if view.engagement.standing not in OPEN_STANDINGS:
        return ()
    return tuple(
        one for one in judged_kinds(view.offer) if not all(map(view.facts.is_judged, view.facts.held(one.name)))
    )


@once
def _why_off(offer: Offer) -> dict[str, str]:
    """The reasons for calling a date off, without those that an undo and the end of a journey give by themselves."""
    cancel = offer.status_transition.get(("appointment", "cancel"))
    by_itself = {UNDONE, *(one.calls_off for one in offer.transitions)}
    return {code: words for code, words in cancel.reasons.items() if code not in by_itself} if cancel else {}


def about(offer: Offer, engagement: Engagement, who: Participant, role: str, *, holds: bool) -> Person:
    """Names, addresses and certificates can be put right after the journey has ended; nothing else can.

    `holds` says that they hold a certificate. Assessors record nothing here.
    """
    if role not in ADVISING_ROLES:
        return Person(who, {})
    reissue = _reasons_of(offer, "certificate", "supersede", role) if holds else {}
    revoke = _reasons_of(offer, "certificate", "revoke", role) if holds else {}
    if engagement.standing not in OPEN_STANDINGS:
        return Person(who, {}, named=True, send=holds, reissue=reissue, revoke=revoke)
    early = offer.stage_number[engagement.stage] < _deciding(offer)[0]
    decisions = {verb: words for verb, words in DECISIONS.items() if not (early and verb == "complete")}
    decisions = {verb: words for verb, words in decisions.items() if _may_say(offer, who, verb, role)}
    leaves = _reasons_of(offer, "participant", "withdraw", role) if _may_say(offer, who, "withdraw", role) else {}
    return Person(
        who,
        decisions=decisions,
        reasons=_reasons(offer),
        phase=who.status not in DECIDED_STATUSES,
        named=True,
        replace=REPLACED in leaves,
        transfer=TRANSFERRED in leaves,
        send=holds,
        reissue=reissue,
        revoke=revoke,
    )


def _meeting(
    view: Recorded, kind: AppointmentKind, number: int, verbs: frozenset[str], now: datetime
) -> AppointmentForms:
    stages = [place for place, stage in enumerate(view.offer.stages) if stage.appointment == kind.name]
    dates = [one for one in view.appointments if one.kind == kind.name and one.status not in _DATES_PUT_ASIDE]
    active = tuple(one for one in view.participants if one.status not in SIDE_STATUSES)
    attended, latest = view.facts.attended(kind.name), max(dates, key=lambda one: one.id, default=None)
    missed = tuple(one for one in active if one.id not in attended)
    return AppointmentForms(
        kind=kind,
        place=min((place - number for place in stages), key=abs, default=None),
        reads_register=kind.name in _registered(view.offer),
        latest=latest,
        written=any(one.outputs_recorded for one in view.facts.appointments if latest and one.id == latest.id),
        active=missed if latest and latest.purpose == "catch_up" else active,
        missed=missed,
        verbs=verbs,
        now=now,
    )


def _says(offer: Offer, noun: str, verb: str, role: str) -> bool:
    """Whether the offer has a word for it, and whoever has this role may say it."""
    move = offer.status_transition.get((noun, verb))
    return move is not None and role in move.by


def _reasons_of(offer: Offer, noun: str, verb: str, role: str) -> dict[str, str]:
    return offer.status_transition[noun, verb].reasons if _says(offer, noun, verb, role) else {}


def _may_say(offer: Offer, who: Participant, verb: str, role: str) -> bool:
    return _says(offer, "participant", verb, role) and who.status in offer.status_transition["participant", verb].from_


def _reasons(offer: Offer) -> dict[str, str]:
    """The reasons that decisions on people may have; each decision takes its own of them.

    Those that belong to a form of their own, such as replacing somebody, are given there.
    """
    declared = (
        offer.status_transition["participant", verb]
        for verb in DECISIONS
        if ("participant", verb) in offer.status_transition
    )
    given = {code: words for move in declared for code, words in move.reasons.items()}
    return {code: words for code, words in given.items() if code not in (REPLACED, TRANSFERRED, JOINED)}


@once
def _deciding(offer: Offer) -> list[int]:
    """The stages that wait for decisions on people; every stage, where the offer waits nowhere."""
    waiting = {
        stage
        for one in offer.transitions
        if any(rule.guard in _READ_DECISIONS for rule in one.guards)
        for stage in one.from_
    }
    return sorted(offer.stage_number[stage] for stage in waiting or offer.stage)


@once
def _registered(offer: Offer) -> set[str]:
    """The kinds of appointment whose register a guard reads."""
    return {rule.subject for one in offer.transitions for rule in one.guards if rule.guard in _READ_REGISTERS}
