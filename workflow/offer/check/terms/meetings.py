"""Meetings: each belongs to a stage, and somebody of the school is there. Pure."""

from collections.abc import Iterator

from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer

_FROM_THE_COUNCIL = ("advisor",)


def meetings(offer: Offer) -> Iterator[Finding]:
    met = {stage.appointment for stage in offer.stages}
    for kind in offer.appointments:
        if kind.name not in met:
            yield Finding(
                f"No stage has the meeting “{kind.name}”, so nobody ever agrees a date for it. "
                f"Give a stage appointment = “{kind.name}”, or take the meeting out.",
                kind,
            )
        if not set(kind.invite) - set(_FROM_THE_COUNCIL):
            yield Finding(
                f"The meeting “{kind.name}” invites nobody of the school. Name somebody, such as “school_lead”.",
                kind,
                "invite",
            )


def days(offer: Offer) -> Iterator[Finding]:
    """Without terms every weekday would be a school day, in August too."""
    counted = any(timer.span.unit == "school days" for timer in offer.timers)
    promised = [one.within for stage in offer.stages for one in stage.promises if one.within is not None]
    if not offer.calendar.terms and (counted or any(span.unit == "school days" for span in promised)):
        yield Finding(
            "The page counts school days and the calendar has no terms, so the summer holidays would count. "
            "Write each as a [[term]].",
            offer.calendar,
        )
