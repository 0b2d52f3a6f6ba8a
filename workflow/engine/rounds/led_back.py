"""What a transition that leads back sets aside, and the facts as they count from then on. Pure.

Meetings that have taken place, what was judged and approved, and names that were confirmed count no more from the stage
on that it leads back to. Dates that lie ahead are for the new round. People go on as they are unless the page says that
some start again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from workflow.domain.change import EventData
from workflow.domain.facts import AppointmentFact, Facts, ParticipantFact
from workflow.domain.lifecycles import PARTICIPANT
from workflow.engine.rounds.asked_anew import approves_anew, confirms_anew, meets_anew
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition

_AHEAD = ("to_book", "offered", "booked")


class SetAside(NamedTuple):
    """The ids of meetings and the events of approvals that count no more, and who begins again, each with how many
    versions of evidence they had sent in."""

    meetings: tuple[int, ...]
    approvals: tuple[int, ...]
    evidence: tuple[tuple[int, int], ...]

    def as_data(self) -> EventData:
        return {
            "meetings": [*self.meetings],
            "approvals": [*self.approvals],
            "evidence": [[*one] for one in self.evidence],
        }


class LedBack(NamedTuple):
    aside: SetAside
    facts: Facts


def led_back(offer: Offer, transition: Transition, came_from: str, facts: Facts, now: datetime) -> LedBack | None:
    """None for a transition that leads on, or leaves the stage as it is."""
    stage = transition.to
    if stage is None or not offer.leads_back(came_from, stage):
        return None
    again = {one.id: one for one in facts.participants if one.status in transition.starting_again}
    aside = SetAside(
        tuple(one.id for one in facts.appointments if _is_over(offer, one, stage, now)),
        tuple(one.seq for one in facts.approvals if approves_anew(offer, one.subject, stage)),
        tuple((one.id, one.sent) for one in again.values()),
    )
    return LedBack(aside, _as_they_count(offer, stage, facts, aside, again))


def _is_over(offer: Offer, meeting: AppointmentFact, stage: str, now: datetime) -> bool:
    """Every date that is not still ahead, for a stage that is passed again."""
    ahead = meeting.status in _AHEAD and meeting.starts_at > now
    return not ahead and meets_anew(offer, meeting.kind, stage)


def _as_they_count(
    offer: Offer, stage: str, facts: Facts, aside: SetAside, again: Mapping[int, ParticipantFact]
) -> Facts:
    return replace(
        facts,
        appointments=tuple(replace(one, former=one.former or one.id in aside.meetings) for one in facts.appointments),
        approvals=tuple(replace(one, former=one.former or one.seq in aside.approvals) for one in facts.approvals),
        participants=tuple(_people(offer, stage, facts, again)),
    )


def _people(offer: Offer, stage: str, facts: Facts, again: Mapping[int, ParticipantFact]) -> Iterator[ParticipantFact]:
    anew = confirms_anew(offer, stage)
    for one in facts.participants:
        now = replace(one, name_confirmed=one.name_confirmed and not anew)
        yield replace(now, status=PARTICIPANT.start, sent=0, returned=0, unmet=None) if one.id in again else now
