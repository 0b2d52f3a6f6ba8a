"""Lists of engagements that somebody keeps under names of their own: nobody else sees them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.errors import BadInput, Conflict, NotFound, Problem
from workflow.sanitise import line
from workflow.store.tables.user import SavedList, User

#: More than this nobody tells apart, and every page of the list shows them all.
LISTS_LIMIT = 20
NAME_LIMIT, ADDRESS_LIMIT = 60, 600


def lists_of(session: Session, user_id: int) -> Sequence[SavedList]:
    """By name."""
    own = select(SavedList).where(SavedList.user_id == user_id)
    return session.scalars(own.order_by(func.lower(SavedList.title), SavedList.id)).all()


def save(session: Session, user_id: int, name: str, address: str) -> SavedList:
    """A new list. Raises BadInput, also for a name that another has, or Conflict for somebody who has too many."""
    others = _locked(session, user_id)
    kept = _free_name(others, name)
    if len(others) >= LISTS_LIMIT:
        raise Conflict(f"You keep {LISTS_LIMIT} lists. Delete one that you no longer need, or replace it by this one.")
    made = SavedList(user_id=user_id, title=kept, address=_bounded(address))
    session.add(made)
    session.flush()
    return made


def replace(session: Session, user_id: int, number: int, address: str) -> SavedList:
    """From now on the list of this name is this one. Raises NotFound."""
    one = _own(_locked(session, user_id), number)
    one.address = _bounded(address)
    return one


def rename(session: Session, user_id: int, number: int, name: str) -> SavedList:
    """Raises BadInput or NotFound."""
    all_of_them = _locked(session, user_id)
    one = _own(all_of_them, number)
    one.title = _free_name([other for other in all_of_them if other is not one], name)
    return one


def delete(session: Session, user_id: int, number: int) -> str:
    """The name that it had. Raises NotFound."""
    one = _own(_locked(session, user_id), number)
    session.delete(one)
    return one.title


def begin_with(session: Session, user_id: int, number: int) -> SavedList | None:
    """The list of engagements begins with this one, or with all of them for nought. Raises NotFound."""
    all_of_them = _locked(session, user_id)
    chosen = _own(all_of_them, number) if number else None
    for one in all_of_them:
        one.is_start = one is chosen
    return chosen


def _locked(session: Session, user_id: int) -> Sequence[SavedList]:
    """All of somebody's. What they do in two windows at once comes one after the other, so that names stay apart."""
    session.get_one(User, user_id, with_for_update=True)
    return lists_of(session, user_id)


def _own(lists: Sequence[SavedList], number: int) -> SavedList:
    for one in lists:
        if one.id == number:
            return one
    raise NotFound("You keep no such list. It may be deleted already: open your lists to see which there are.")


def _free_name(others: Sequence[SavedList], name: str) -> str:
    try:
        kept = line(name, "The name", NAME_LIMIT)
    except ValueError as error:
        sentence = str(error) if name.strip() else "Enter a name for the list"
        raise BadInput("The list is not saved.", (Problem("name", sentence),)) from None
    if any(one.title.casefold() == kept.casefold() for one in others):
        taken = f"You keep a list called “{kept}” already. Choose another name, or replace that list"
        raise BadInput("The list is not saved.", (Problem("name", taken),))
    return kept


def _bounded(address: str) -> str:
    if len(address) > ADDRESS_LIMIT:
        raise BadInput("These are more filters than one list can keep. Take some away and save it again.")
    return address
