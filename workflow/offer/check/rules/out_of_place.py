"""Guards that hold whatever happens where they stand, or that cannot hold before what they belong to. Pure."""

from collections.abc import Iterator

from workflow.offer.check.asked import Asked, asked_anywhere, asked_by_bookings, asked_by_promises, asked_by_timers
from workflow.offer.check.finding import Finding
from workflow.offer.check.guards import OF_ONE_PERSON, OF_WHO_ASKS, givers_of
from workflow.offer.check.paths import ways_to
from workflow.offer.definition import Offer

#: Guards that want the meeting to have had a date, or to have taken place.
_OF_ITSELF = (
    "appointment_booked",
    "appointment_held",
    "register_taken",
    "staff_trained",
    "outputs_recorded",
    "awaiting_judgement",
    "action_planned",
)
#: Guards that look at judgements only.
_OF_JUDGED = ("second_person", "visits_left")


def of_nobody(offer: Offer) -> Iterator[Finding]:
    """Of promises, timers and dates nobody in particular is asked about, and nobody asks."""
    for one in (*asked_by_promises(offer), *asked_by_timers(offer), *asked_by_bookings(offer)):
        name = one.rule.guard
        if name in OF_ONE_PERSON or name in OF_WHO_ASKS:
            about = "one person" if name in OF_ONE_PERSON else "who asks"
            yield Finding(
                f"{one.what} has the guard {name}, which is about {about}: here that is nobody, and it always holds. "
                "Choose another.",
                one.rule,
            )


def of_itself(offer: Offer) -> Iterator[Finding]:
    for kind in offer.appointments:
        for rule in kind.booking:
            about = rule.subject if rule.guard in _OF_ITSELF else rule.of if rule.guard == "judgement" else ""
            if about == kind.name:
                yield Finding(
                    f"A date for “{kind.title}” waits for {rule.guard} of the same meeting, so none is ever agreed. "
                    "Take the guard out of its booking.",
                    rule,
                )


def of_later(offer: Offer) -> Iterator[Finding]:
    """What a promise or a date waits for is recorded on the way there."""
    for one in (*asked_by_promises(offer), *asked_by_bookings(offer)):
        givers = givers_of(offer, one.rule)
        if givers is not None and one.stages and not any(_comes_before(offer, one, way.from_) for way in givers):
            yield Finding(
                f"{one.what} waits for {one.rule.guard} = “{one.rule.subject}”, which nothing records by then. "
                "Record it at that stage or before, or take the guard out.",
                one.rule,
            )


def _comes_before(offer: Offer, one: Asked, stages: tuple[str, ...]) -> bool:
    return any(set(stages) & ways_to(offer, stage) for stage in one.stages)


def of_the_unjudged(offer: Offer) -> Iterator[Finding]:
    judged = {one.records.of for one in offer.transitions if one.records.judgement}
    for one in asked_anywhere(offer):
        if one.rule.guard in _OF_JUDGED and one.rule.subject not in judged:
            yield Finding(
                f"{one.what} has the guard {one.rule.guard} of “{one.rule.subject}”, which nobody judges, so it always "
                "holds. Name a meeting that is judged, or take it out.",
                one.rule,
            )


def unwritten(offer: Offer) -> Iterator[Finding]:
    for one in asked_anywhere(offer):
        if one.rule.guard == "outputs_recorded" and not offer.appointment[one.rule.subject].outputs:
            yield Finding(
                f"{one.what} waits for what was agreed at “{one.rule.subject}”, where nobody writes it down. "
                "Give that appointment outputs = true.",
                one.rule,
            )
