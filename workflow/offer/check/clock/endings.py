"""Timers that end a journey are fair: not in the holidays, not without a warning, not for what others owe. Pure."""

from collections.abc import Iterator

from workflow.domain.standing import ENDED_EARLY
from workflow.offer.check.finding import Finding
from workflow.offer.check.timers import stages_of
from workflow.offer.definition import Offer, Timer

#: Who reads for the school.
_AT_SCHOOL = frozenset(("school_lead", "deputy", "head", "business_manager", "participants"))
_SCHOOLS_COUNT = "school days"


def endings(offer: Offer) -> Iterator[Finding]:
    for timer in offer.timers:
        if not _ends(offer, timer):
            continue
        if timer.promise == "council":
            yield Finding(
                f"The timer “{timer.name}” ends a school’s journey when the council is late. "
                "Let it hang on a promise of the school’s, or send an email instead.",
                timer,
                "promise",
            )
        elif timer.span.unit != _SCHOOLS_COUNT:
            yield Finding(
                f"The timer “{timer.name}” ends a journey after {timer.span}, in the school holidays too, when nobody "
                "there answers. Count school days.",
                timer,
                "after",
            )
        if timer.at is None:
            yield from _unwarned(offer, timer)
        if timer.every is not None:
            yield Finding(
                f"The timer “{timer.name}” ends the journey and would come again. Take every out.", timer, "every"
            )


def _ends(offer: Offer, timer: Timer) -> bool:
    return any(one.standing.to in ENDED_EARLY for one in offer.triggers.get(timer.trigger or "", ()))


def _unwarned(offer: Offer, end: Timer) -> Iterator[Finding]:
    here = set(stages_of(offer, end))
    if not any(_warns(offer, timer, end) and here & set(stages_of(offer, timer)) for timer in offer.timers):
        yield Finding(
            f"The timer “{end.name}” ends a journey and nothing warns the school before. "
            "Add a timer at the same place that sends an email to it earlier.",
            end,
        )


def _warns(offer: Offer, timer: Timer, end: Timer) -> bool:
    """Spans of other units, and those that hang on something else, count as before."""
    same = (timer.stage, timer.promise, timer.span.unit) == (end.stage, end.promise, end.span.unit)
    emails = [offer.emails[effect.name] for effect in timer.effects if effect.kind == "email"]
    readers = {reader for email in emails for reader in email.to} | {timer.escalate_to}
    return bool(readers & _AT_SCHOOL) and (not same or timer.span.count < end.span.count)


def unanswered(offer: Offer) -> Iterator[Finding]:
    for timer in offer.timers:
        for one in offer.triggers.get(timer.trigger or "", ()):
            if "system" in one.by and (one.note or one.inputs):
                yield Finding(
                    f"The timer “{timer.name}” fires “{one.trigger}”, which asks for a note or a value that nobody is "
                    "there to give. Take it out, or let a person say the verb.",
                    timer,
                    "trigger",
                )


def at_the_end(offer: Offer) -> Iterator[Finding]:
    for timer in offer.timers:
        if timer.stage is not None and offer.stage[timer.stage].final:
            yield Finding(
                f"The timer “{timer.name}” hangs on “{timer.stage}”, which is final: the journey is completed and no "
                "timer speaks. Let an effect of the last verb do it.",
                timer,
                "stage",
            )
