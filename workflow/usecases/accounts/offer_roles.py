"""What somebody may do in one offer, where it is something else than everywhere: said by an administrator, asked of the
record whenever they do something about one of its engagements."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES, OFFER_ROLES, ROLE_TITLES, Actor
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.catalogue import offers_of
from workflow.english import a, count_of, in_words, listed
from workflow.errors import BadInput, Conflict, Problem
from workflow.store.tables.access.offer_role import OfferRole
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history, members


def of(session: Session, user_id: int) -> dict[str, str]:
    """By the codes of offers."""
    own = select(OfferRole.offer_code, OfferRole.role).where(OfferRole.user_id == user_id)
    return {row.offer_code: row.role for row in session.execute(own.order_by(OfferRole.offer_code))}


def of_everyone(session: Session) -> dict[int, dict[str, str]]:
    """By account; most have none."""
    found: dict[int, dict[str, str]] = {}
    for one in session.scalars(select(OfferRole).order_by(OfferRole.user_id, OfferRole.offer_code)):
        found.setdefault(one.user_id, {})[one.offer_code] = one.role
    return found


def acting(session: Session, actor: Actor, code: str) -> Actor:
    """Who they are where this offer is concerned."""
    if actor.user_id is None:
        return actor
    own = (OfferRole.user_id == actor.user_id) & (OfferRole.offer_code == code)
    role = session.scalar(select(OfferRole.role).where(own))
    return replace(actor, role=role) if role else actor


def acting_about(session: Session, actor: Actor, engagement_id: int) -> Actor:
    """Who they are where this engagement is concerned; themselves about one that is not there."""
    code = session.scalar(select(Engagement.offer_code).where(Engagement.id == engagement_id))
    return acting(session, actor, code) if code else actor


def change(session: Session, user_id: int, roles: Mapping[str, str], *, by: Actor, now: datetime) -> User:
    """`roles` are by the codes of offers; an empty one is that of the account again. What is open on a screen is judged
    by the new one. Raises NotFound, BadInput with all that is wrong, Conflict or NotAllowed, and then nothing changes.
    """
    members.may_look_after(by)
    user = members.of(session, user_id, lock=True)
    before = of(session, user_id)
    if problems := [*_problems(session, before, roles)]:
        raise BadInput("The roles are not changed.", tuple(problems))
    if any(roles.values()) and user.role not in COUNCIL_ROLES:
        some = listed([in_words(role) for role in COUNCIL_ROLES], "or")
        raise Conflict(f"{user.name} signs in as {ROLE_TITLES[user.role]}. A role in one offer is for an {some}.")
    for code, role in roles.items():
        if (role or None) != before.get(code):
            _has_no_schools_there(session, user, code, role or user.role)
            _set(session, user_id, code, role)
            words = {"before": before.get(code, user.role), "after": role or user.role}
            account_history.note(session, user_id, "offer_role_changed", by, now, offer=code, **words)
    return user


def _problems(session: Session, before: Mapping[str, str], roles: Mapping[str, str]) -> Iterator[Problem]:
    known = {offer.offer.code for offer in offers_of(session)}
    for code, role in roles.items():
        if code not in known | before.keys():
            yield Problem(code, f"There is no offer called “{code}”. Installed: {listed(sorted(known)) or 'none'}.")
        if role and role not in OFFER_ROLES:
            yield Problem(code, f"“{role}” is no role in an offer; choose {listed([*OFFER_ROLES], 'or')}.")


def _has_no_schools_there(session: Session, user: User, code: str, role: str) -> None:
    if role in ADVISING_ROLES:
        return
    own = (Engagement.advisor_id == user.id) & Engagement.standing.in_(OPEN_STANDINGS)
    query = select(func.count()).select_from(Engagement).where(own, Engagement.offer_code == code)
    if schools := session.scalar(query):
        raise Conflict(
            f"{user.name} looks after {count_of(schools, 'school')} in the offer “{code}”. Hand them over first; then "
            f"they can be {a(ROLE_TITLES[role])} there."
        )


def _set(session: Session, user_id: int, code: str, role: str) -> None:
    held = session.get(OfferRole, (user_id, code))
    if not role and held:
        session.delete(held)
    elif held:
        held.role = role
    else:
        session.add(OfferRole(user_id=user_id, offer_code=code, role=role))
