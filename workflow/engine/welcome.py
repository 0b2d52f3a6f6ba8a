"""People who join when the journey is under way: the welcome at its beginning went to the others."""

from sqlalchemy import select

from workflow.domain.effects import Effect, Recipient
from workflow.domain.facts import Facts
from workflow.engine.change import Change
from workflow.store.tables.owed_effect import OwedEffect


def welcome(change: Change, before: Facts, seq: int) -> None:
    """Owes the welcome to those who take part since `before`, once each. At the first stage everybody's is to come."""
    name = change.offer.policy.welcome
    if name is None or change.case.stage == change.offer.offer.start:
        return
    was = {one.id for one in before.active_participants}
    for person in change.case.facts.active_participants:
        newcomer = Recipient("participants", person.id)
        if person.id not in was and not _welcomed(change, name, newcomer):
            change.owe_one(Effect("email", name), newcomer, seq)


def _welcomed(change: Change, name: str, who: Recipient) -> bool:
    own = (OwedEffect.engagement_id == change.case.id) & (OwedEffect.recipient == who.token) & (OwedEffect.name == name)
    return change.session.scalar(select(OwedEffect.id).where(own, OwedEffect.status != "dropped").limit(1)) is not None
