"""A participant asks that what is kept about them be put right, or erased; an administrator answers within a month."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import day_told
from workflow.errors import BadInput, Conflict, NotFound, Problem
from workflow.sanitise import block
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.data_request import REQUEST_KINDS, DataRequest
from workflow.store.tables.user import User
from workflow.usecases.accounts import access_letters
from workflow.usecases.accounts.access_letters import Reader
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.users import may_sign_in

TEXT_LIMIT = 4000
#: How many administrators are written to about one request.
_TOLD = 10


def ask(session: Session, participant_id: int, kind: str, said: str, *, links: LinkMaker, now: datetime) -> DataRequest:
    """Administrators have a letter about it. Raises BadInput, or Conflict where the same was asked and waits."""
    session.get_one(Participant, participant_id, with_for_update=True)
    kept = _checked(kind, said)
    waiting = _open_of(session, participant_id, kind)
    if waiting is not None:
        raise Conflict(
            f"You asked for this on {day_told(waiting.asked_at)}. You hear from us by {day_told(waiting.due_at)}."
        )
    request = DataRequest(
        participant_id=participant_id, kind=kind, said=kept, asked_at=now, due_at=_a_month_after(now), answered_at=None
    )
    session.add(request)
    session.flush()
    admins = select(User).where(User.role == "admin", may_sign_in()).order_by(User.id).limit(_TOLD)
    for one in session.scalars(admins).all():
        access_letters.owe(session, one, "data_asked", links, now)
    return request


def answer(session: Session, number: int, text: str, *, user_id: int, links: LinkMaker, now: datetime) -> DataRequest:
    """The participant has a letter that says where to read it. Raises BadInput, NotFound, or Conflict."""
    request = session.get(DataRequest, number, with_for_update=True)
    if request is None:
        raise NotFound("There is no such request any more.")
    if request.answered_at is not None:
        raise Conflict(f"This was answered on {day_told(request.answered_at)}.")
    request.answer = _text(text, "reply", "Your answer")
    request.answered_at, request.answered_by = now, user_id
    person = session.get_one(Participant, request.participant_id)
    reader = Reader(Subject(participant_id=person.id), person.name, person.email)
    access_letters.owe_to(session, reader, "data_answered", links, now)
    return request


def of_person(session: Session, participant_id: int) -> Sequence[DataRequest]:
    """What somebody asked, the newest first."""
    own = select(DataRequest).where(DataRequest.participant_id == participant_id)
    return session.scalars(own.order_by(DataRequest.id.desc())).all()


def _open_of(session: Session, participant_id: int, kind: str) -> DataRequest | None:
    own = (DataRequest.participant_id == participant_id) & (DataRequest.kind == kind)
    return session.scalar(select(DataRequest).where(own, DataRequest.answered_at.is_(None)).limit(1))


def _checked(kind: str, said: str) -> str:
    if kind not in REQUEST_KINDS:
        raise BadInput("Nothing was asked yet.", (Problem("kind", "Choose what you ask for."),))
    if kind == "erasure" and not said.strip():
        return ""
    return _text(said, "said", "What is wrong, and what would be right")


def _text(text: str, field: str, what: str) -> str:
    try:
        return block(text, what, TEXT_LIMIT)
    except ValueError as error:
        raise BadInput("This is not sent yet.", (Problem(field, str(error)),)) from None


def _a_month_after(now: datetime) -> datetime:
    """Article 12(3) of the UK GDPR: one month, which ends with a shorter month at the latest."""
    begins = (now.replace(day=1) + timedelta(days=32)).replace(day=1)
    return begins.replace(day=min(now.day, monthrange(begins.year, begins.month)[1]))
