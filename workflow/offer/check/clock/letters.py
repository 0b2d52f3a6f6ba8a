"""Letters that timers send have readers: somebody higher who is told, and somebody there at a meeting. Pure."""

from collections.abc import Iterator

from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer, Timer

#: Audiences that exist only where a step is about somebody, or about a meeting.
_OF_A_STEP = ("participant", "invited", "attended")
_OF_A_PERSON = "participant"
_OF_THE_PAST = "attended"


def higher(offer: Offer) -> Iterator[Finding]:
    for timer in (timer for timer in offer.timers if timer.escalate_to is not None):
        if not any(effect.kind == "email" for effect in timer.effects):
            yield Finding(
                f"The timer “{timer.name}” escalates to the {timer.escalate_to} and sends no email. "
                "Give it one, or take escalate_to out.",
                timer,
                "escalate_to",
            )
        elif timer.at is None and timer.escalate_to in _OF_A_STEP:
            yield Finding(
                f"The timer “{timer.name}” escalates to the {timer.escalate_to}, and there is none then. "
                "Name somebody who always is, such as “head” or “lead_advisor”.",
                timer,
                "escalate_to",
            )


def of_meetings(offer: Offer) -> Iterator[Finding]:
    for timer in (timer for timer in offer.timers if timer.at is not None):
        for effect in (effect for effect in timer.effects if effect.kind == "email"):
            nobody = [reader for reader in offer.emails[effect.name].to if reader in _absent(timer)]
            if nobody:
                when = "before a meeting" if timer.before else "after a meeting"
                yield Finding(
                    f"The timer “{timer.name}” sends “{effect.name}” to the {nobody[0]} {when}, and there is none "
                    "then. Choose others.",
                    effect,
                )


def _absent(timer: Timer) -> tuple[str, ...]:
    return (_OF_A_PERSON, _OF_THE_PAST) if timer.before else (_OF_A_PERSON,)
