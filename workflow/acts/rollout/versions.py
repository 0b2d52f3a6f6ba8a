"""Another version of the offer: an engagement goes on under it."""

from collections import Counter
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from workflow.acts.act import Act, Done, Many, Need, Occasion
from workflow.acts.fields import Argument, Block, Choice, Option
from workflow.domain.actor import Role
from workflow.engine import available
from workflow.engine.catalogue import offers_of
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.errors import NotFound
from workflow.offer.definition import Offer
from workflow.usecases.rollout import move, outlook

_NAMES_LIMIT = 4000
_LEAD: tuple[Role, ...] = ("lead_advisor",)


def _versions(on: Occasion, _values: Mapping[str, Any] = MappingProxyType({})) -> dict[str, str]:
    """The other versions of its offer; of every offer, where it is asked about many."""
    return others(on.session, on.offer if on.engagement_id else None)


def others(session: Session, offer: Offer | None) -> dict[str, str]:
    """The versions of the offer but this one, by their full names; of every offer that has several, where none is
    given."""
    known = [*offers_of(session)]
    codes = _with_several(known) if offer is None else {offer.offer.code}
    there = (one for one in known if one.offer.code in codes and one is not offer)
    return {"-".join(one.key): f"{one.offer.title}, {one.offer.version}" for one in there}


def _with_several(offers: Collection[Offer]) -> set[str]:
    """The codes of those that have several versions."""
    versions = Counter(one.offer.code for one in offers)
    return {code for code, number in versions.items() if number > 1}


def _change_version(on: Occasion, *, version: str, called: str | None = None, note: str) -> Done:
    key = next((one.key for one in offers_of(on.session) if "-".join(one.key) == version), None)
    if key is None:
        raise NotFound(f"There is no offer “{version}” here. “recognition offer list” says which there are.")
    before = available(on.session, on.engagement_id, on.actor)
    moved = move.to_version(on.session, on.engagement_id, key, called=called or "", note=note, **on.who)
    after = available(on.session, on.engagement_id, on.actor)
    found = tuple(outlook.told(moved, before, after))
    page = f"{on.engagement.reference} goes on under {version}."
    return Done(page, " ".join((page, *found)), row=" ".join(found), whole=found)


ACTS = (
    Act(
        name="change_version",
        about="engagement",
        do=_change_version,
        fields=(
            Choice(
                "version",
                among=_versions,
                typed="offer-version",
                label="Under which version does it go on?",
                hint="What was promised keeps its day, and what is owed already is sent as it was written.",
                ask="Choose the version under which it goes on",
                console=Argument("VERSION"),
            ),
            Block(
                "called",
                what="What is called otherwise",
                label="What does that version call otherwise? (optional)",
                hint="One line for each stage, meeting, trigger, timer or promise: old name = new name.",
                limit=_NAMES_LIMIT,
                console=Option("--called", "What it calls otherwise: 'old name = new name', one a line.", default=""),
            ),
            Block(
                "note",
                what="The reason",
                label="Why?",
                hint="The history keeps it. The school is not written to.",
                limit=NOTE_LIMIT,
                ask="Write down why it goes on under another version",
                console=Option("--note", "Why; the history keeps it.", required=True),
            ),
        ),
        by=(*_LEAD, "system"),
        pages=_LEAD,
        command="engagement change-version",
        help="Let an engagement go on under another version of its offer.",
        example="CMC-26-0042-K mentoring-2027-09 --note 'The new year'",
        many=Many(
            title="Move engagements to another version of their offer",
            explain="They go on under its stages, promises and price. What each would find there is told first.",
            help="Let engagements go on under another version of their offer.",
            example="--version mentoring-2027-09 --note New CMC-26-0042-K",
            needs=Need(lambda offers: bool(_with_several(offers)), "No offer here has another version."),
            note="note",
            words={
                "version": {
                    "label": "Under which version do they go on?",
                    "ask": "Choose the version under which they go on",
                },
                "note": {"hint": "Each history keeps it. The schools are not written to."},
            },
            options={
                "version": "Under which version they go on.",
                "note": "Why; each history keeps it.",
            },
        ),
    ),
)
