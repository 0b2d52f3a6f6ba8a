"""Who does an act in a rehearsal: the school's own people, or somebody at the council whom the page's guards let."""

from collections.abc import Iterator, Sequence
from zlib import crc32

from workflow.domain.actor import ADVISING_ROLES, Actor
from workflow.domain.guards import judge
from workflow.forecasting.route.act import RouteAct
from workflow.offer.definition import Offer
from workflow.store.cases import Case
from workflow.store.tables.user import User

#: Guards that ask who acts; all others were met when the act was planned.
_ABOUT_THE_ACTOR = ("not_lead_advisor", "second_person")


def actor_for(act: RouteAct, case: Case, offer: Offer, users: Sequence[User]) -> Actor | None:
    """None where nobody at the council may do it."""
    if act.party == "participant":
        return Actor("participant", participant_id=act.person)
    if act.party == "school":
        return Actor("school_lead")
    return next(_allowed(act, case, offer, users), None)


def _allowed(act: RouteAct, case: Case, offer: Offer, users: Sequence[User]) -> Iterator[Actor]:
    """The school's own advisor first, then the others in turn, begun at another place for each engagement."""
    ways = (
        [one for one in offer.triggers.get(act.subject, ()) if case.stage in one.from_] if act.doing == "fire" else []
    )
    roles = ways[0].by if ways else ADVISING_ROLES
    rules = [rule for one in ways for rule in one.guards if rule.guard in _ABOUT_THE_ACTOR]
    start = crc32(case.reference.encode()) % max(len(users), 1)
    for user in sorted((*users[start:], *users[:start]), key=lambda one: one.id != case.advisor_id):
        if user.role in roles and not any(judge(case.asked_by(user.id), rule) for rule in rules):
            yield Actor(user.role, user.id)
