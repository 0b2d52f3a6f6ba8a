"""What is written when a step is taken back: rows are marked, and never removed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.domain.happening import VERSION_CHANGED
from workflow.store.record import holds
from workflow.store.tables.appointment import Appointment, Attendance
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.rounds.round import Round
from workflow.store.tables.submission import Review
from workflow.store.tables.timer import ArmedTimer
from workflow.store.tables.visit import Action, Approval, Judgement

#: The reason of somebody who takes part no more because their nomination was taken back.
MISTAKE = "mistake"


def take_back_records(session: Session, engagement_id: int, seqs: Sequence[int]) -> None:
    """Judgements and approvals that these events recorded count no more, and rounds that they began are none."""
    recorded = (Judgement.engagement_id == engagement_id) & Judgement.seq.in_(seqs)
    for judgement in session.scalars(select(Judgement).where(recorded)):
        judgement.taken_back = True
    agreed = (Approval.engagement_id == engagement_id) & Approval.seq.in_(seqs)
    for approval in session.scalars(select(Approval).where(agreed)):
        approval.taken_back = True
    began = (Round.engagement_id == engagement_id) & Round.seq.in_(seqs)
    for one in session.scalars(select(Round).where(began)):
        one.taken_back = True


def take_back_owed(unsent: Sequence[OwedEffect], now: datetime) -> None:
    """What was not sent yet is owed no more."""
    for owed in unsent:
        owed.status, owed.settled_at = "dropped", now


def take_back_timers(session: Session, engagement_id: int, seqs: Sequence[int], seq: int, now: datetime) -> None:
    """Timers that these events armed are dropped; those they dropped or stopped come back with the times they had."""
    own = ArmedTimer.engagement_id == engagement_id
    began = own & ArmedTimer.armed_seq.in_(seqs) & holds(ArmedTimer.status, "armed", "suspended")
    _settle(session, began, status="dropped", settled_at=now, settled_seq=seq)
    touched = own & ArmedTimer.settled_seq.in_(seqs) & ArmedTimer.armed_seq.not_in(seqs)
    stopped, dropped = touched & holds(ArmedTimer.status, "suspended"), touched & holds(ArmedTimer.status, "dropped")
    _settle(session, stopped, status="armed", suspended_at=None, settled_seq=None)
    _settle(session, dropped & ArmedTimer.suspended_at.is_(None), status="armed", settled_at=None, settled_seq=None)
    _settle(session, dropped, status="suspended", settled_at=None, settled_seq=None)


def take_back_promises(session: Session, engagement_id: int, seqs: Sequence[int], seq: int, now: datetime) -> None:
    """The promises that these events opened are dropped; the one they closed is open again, by the day it had."""
    own = PromiseRow.engagement_id == engagement_id
    closed = own & PromiseRow.closed_seq.in_(seqs) & PromiseRow.opened_seq.not_in(seqs)
    before = session.scalars(select(PromiseRow).where(closed).order_by(PromiseRow.closed_seq)).first()
    over = own & holds(PromiseRow.status, "open")
    if before is None:
        over &= PromiseRow.opened_seq.in_(seqs)
    session.execute(update(PromiseRow).where(over).values(status="dropped", closed_at=now, closed_seq=seq))
    opened = own & PromiseRow.opened_seq.in_(seqs) & ~holds(PromiseRow.status, "dropped")
    session.execute(update(PromiseRow).where(opened).values(status="dropped"))
    if before is not None:
        before.status, before.closed_at, before.closed_seq = "open", None, None
        session.flush()


def _settle(session: Session, which: Any, **values: Any) -> None:
    session.execute(update(ArmedTimer).where(which).values(**values).execution_options(synchronize_session=False))


def _name_confirmed(session: Session, event: Event) -> None:
    """As it was; a name that was changed since has to be confirmed anew."""
    session.get_one(Participant, event.data["participant"]).name_confirmed = event.data["was"]


def _caught_up(session: Session, event: Event) -> None:
    for number, mark in event.data["marks"]:
        session.get_one(Attendance, (event.data["appointment"], number)).mark = mark


def _staff_nominated(session: Session, event: Event) -> None:
    for number in event.data["participants"]:
        person = session.get_one(Participant, number)
        person.status, person.reason = "withdrawn", MISTAKE


def _round_began(session: Session, event: Event) -> None:
    """Names that had to be confirmed anew are confirmed as they were; statuses go back by the moves that it kept."""
    for number in event.data["unconfirmed"]:
        session.get_one(Participant, number).name_confirmed = True


def _version_changed(session: Session, event: Event) -> None:
    """What is owed so far stays as it was owed; meetings are again of the kinds that they were of."""
    version = event.data["version"]
    keep_version(session, event.engagement_id, version["to"])
    session.get_one(Engagement, event.engagement_id).offer_version = version["from"]
    for number, kind in event.data.get("kinds", {}).items():
        session.get_one(Appointment, int(number)).kind = kind


def keep_version(session: Session, engagement_id: int, version: str) -> None:
    """What is owed so far is of this version, whatever becomes of the engagement."""
    own = (OwedEffect.engagement_id == engagement_id) & OwedEffect.offer_version.is_(None)
    told = update(OwedEffect).where(own).values(offer_version=version)
    session.execute(told.execution_options(synchronize_session=False))


def _replacement_asked(_session: Session, _event: Event) -> None:
    """It changed nothing by itself: what was printed for it is withdrawn, and what it replaced is valid again."""


def take_back_review(session: Session, event: Event) -> None:
    """A review counts no more; what it was about can be reviewed again, and what it asked of the advisor is settled."""
    if "review" in event.data:
        session.get_one(Review, event.data["review"]).taken_back = True
    if "review" in event.data and "action" in event.data:
        session.get_one(Action, event.data["action"]).done_at = event.at


#: How a fact is taken back that changed no status of a small journey.
REVERSALS: dict[str, Callable[[Session, Event], None]] = {
    "name_confirmed": _name_confirmed,
    "caught_up": _caught_up,
    "staff_nominated": _staff_nominated,
    "replacement_asked": _replacement_asked,
    "round_began": _round_began,
    VERSION_CHANGED: _version_changed,
}
