"""What an event is about, told in a letter: the meeting, the person, the reason, the criteria to work on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.calendar.local_time import moment_told
from workflow.mail.calendar_invitation import Invitation, as_ical
from workflow.mail.calendar_parts import uid_of
from workflow.mail.letter_rows import LetterRows
from workflow.offer.definition import Offer
from workflow.offer.event_titles import title_of
from workflow.store.tables.event import Event


@dataclass(frozen=True, slots=True)
class EventAppointment:
    """One appointment as it stood at one event. Times are in UTC."""

    title: str
    uid: str
    sequence: int
    starts_at: datetime
    length: timedelta
    place: str
    told_at: datetime

    def invitation(self, method: str, attendee: tuple[str, str], offer: Offer) -> bytes:
        """The iCalendar text for one guest."""
        asked = Invitation(
            method="CANCEL" if method == "CANCEL" else "REQUEST",
            uid=uid_of(self.uid, offer),
            sequence=self.sequence,
            title=self.title,
            starts_at=self.starts_at,
            length=self.length,
            place=self.place,
            about=offer.offer.title,
            organiser=(offer.offer.provider, offer.offer.contact),
            attendee=attendee,
            stamped_at=self.told_at,
        )
        return as_ical(asked)


def meeting_of(rows: LetterRows, event: Event, offer: Offer) -> EventAppointment | None:
    """The meeting an event is about, with the time and the number it had then; None when it is about no date."""
    if "starts_at" not in event.data:
        return None
    row = rows.meetings[event.data["appointment"]]
    kind = offer.appointment[event.data["kind"]]
    return EventAppointment(
        title=kind.title,
        uid=row.uid,
        sequence=event.data.get("sequence", row.sequence),
        starts_at=datetime.fromisoformat(event.data["starts_at"]),
        length=kind.lasts,
        place=row.place,
        told_at=event.at,
    )


def values(rows: LetterRows, event: Event, offer: Offer, meeting: EventAppointment | None) -> dict[str, str]:
    """The placeholders of `placeholders` that depend on what the event is about."""
    told = dict(_told(rows, event, offer))
    if meeting is not None:
        told |= {
            "meeting": meeting.title,
            "meeting_when": moment_told(meeting.starts_at, offer.calendar.zone),
            "meeting_length": offer.appointment[event.data["kind"]].length,
            "meeting_place": meeting.place or "a place that is still to be agreed",
        }
    return told


def _told(rows: LetterRows, event: Event, offer: Offer) -> Iterator[tuple[str, str]]:
    data = event.data
    if "participant" in data:
        yield "participant", rows.people[data["participant"]].name
    if "reason" in data:
        yield "reason", _reason(event, offer)
    if "participant" in data:
        yield "criteria", _still_needed(rows, event, offer)
    if "of" in data:
        undone = rows.events[event.engagement_id, data["of"]]
        yield "undone", title_of(offer, undone.name, undone.data)
    if "refund" in data:
        yield "refund", f"£{data['refund']}"


def _reason(event: Event, offer: Offer) -> str:
    noun, _, was, status = event.data["moves"][0]
    code = str(event.data["reason"])
    moves = (one for one in offer.moves if one.of == noun and was in one.from_ and one.to == status)
    return next((move.reasons[code] for move in moves if code in move.reasons), code)


def _still_needed(rows: LetterRows, event: Event, offer: Offer) -> str:
    """What a review says of each criterion, or the note of somebody who saw the evidence elsewhere."""
    if "review" in event.data:
        return _criteria(rows, event.data["review"], event.data["participant"], offer)
    return rows.notes.get((event.engagement_id, event.seq), "")


def _criteria(rows: LetterRows, review_id: int, participant_id: int, offer: Offer) -> str:
    """Each criterion that is not met yet, with what the reviewer wrote about it; one a line."""
    phase = offer.phase[rows.people[participant_id].phase]
    titles = {one.code: one.title for one in phase.criteria}
    failed = rows.failed.get(review_id, ())
    return "\n".join(f"{one.criterion} {titles[one.criterion]}: {one.text}" for one in failed)
