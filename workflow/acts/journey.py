"""The journey itself: triggers fired, the last step taken back, one engagement that goes on in another."""

from collections.abc import Mapping

from workflow.acts.act import Act, Done, Occasion
from workflow.acts.fields import Argument, Block, Line, Option, Reference
from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES
from workflow.engine import advance
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.english import count_of
from workflow.offer.definition import Offer
from workflow.offer.event_titles import title_of
from workflow.store import lookups
from workflow.usecases.elsewhere import school_changes
from workflow.usecases.undo import undo


def _fire(
    on: Occasion,
    *,
    trigger: str,
    note: str | None = None,
    values: Mapping[str, str] | None = None,
    override: str | None = None,
    key: str | None = None,
    expected_version: int | None = None,
) -> Done:
    """What a trigger asks for stands on the offer's page, so pages and console have a reader of their own for it."""
    outcome = advance(
        on.session,
        on.engagement_id,
        trigger,
        note=note,
        values=values or {},
        override=override,
        key=key,
        expected_version=expected_version,
        **on.who,
    )
    done = [f"{title_of(on.offer, name, {})}." for name in (outcome.trigger, *outcome.settled)]
    return Done(" ".join(done), outcome=outcome)


def _undo(on: Occasion, *, reason: str | None, expected_version: int | None = None) -> Done:
    step = undo.undo(on.session, on.engagement_id, reason=reason, expected_version=expected_version, **on.who)
    return Done(f"Taken back: {step.title}.")


def _join(on: Occasion, *, into: str, note: str) -> Done:
    there, here = lookups.engagement_id(on.session, into), on.engagement.reference
    going_on = school_changes.join(on.session, on.engagement_id, there, note=note, **on.who)
    told = f"{here} goes on in {going_on.reference}, which has {count_of(going_on.places, 'place')} now."
    return Done(told, where=(there,))


def _go_on_at(on: Occasion, *, urn: str) -> Done:
    engagement = school_changes.go_on_at(on.session, on.engagement_id, urn, **on.who)
    return Done(f"{engagement.reference} goes on at the school with the URN {urn} now.")


def _some_trigger(offer: Offer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(role for one in offer.transitions for role in one.by))


def _undo_by(offer: Offer) -> tuple[str, ...]:
    return offer.policy.undo_by


def _join_by(offer: Offer) -> tuple[str, ...]:
    ends = offer.triggers.get(offer.policy.join or "", ())
    return tuple(dict.fromkeys(role for one in ends for role in one.by))


ACTS = (
    Act(
        name="fire",
        about="engagement",
        do=_fire,
        by=_some_trigger,
        pages=COUNCIL_ROLES,
        own_page="triggers",
        command="fire",
        help="Fire a trigger, as an advisor's click does.",
        example="CMC-26-0042-K hold --note 'New head' --set review_on=2027-01-11",
    ),
    Act(
        name="undo",
        about="engagement",
        do=_undo,
        by=_undo_by,
        pages=ADVISING_ROLES,
        own_page="undo",
        command="undo",
        help="Take the last step back.",
        example="CMC-26-0042-K --why 'The wrong school was clicked'",
    ),
    Act(
        name="go_on_at",
        about="engagement",
        do=_go_on_at,
        fields=(
            Line(
                "urn",
                what="The URN",
                limit=6,
                width=6,
                label="Which school takes its place?",
                hint="Its URN, which is six digits. People, dates and everything that was done go along.",
                ask="Enter the URN of the school that takes its place",
                console=Argument("NEW_URN"),
            ),
        ),
        by=(*ADVISING_ROLES, "system"),
        pages=ADVISING_ROLES,
        command="engagement go-on-at",
        help="Let an engagement go on at the school that takes the place of its own.",
        example="CMC-26-0042-K 900047",
    ),
    Act(
        name="join",
        about="engagement",
        do=_join,
        fields=(
            Reference("into", console=Argument("INTO_REF")),
            Block(
                "note",
                what="The note",
                limit=NOTE_LIMIT,
                console=Option("--note", "Why; both histories keep it, and the school is told.", required=True),
            ),
        ),
        by=_join_by,
        why_no_page="Two schools become one too rarely, and with too much to agree first, for a form.",
        command="engagement join",
        help="Let an engagement go on in another one. People and places go along; nobody is counted twice.",
        example="CMC-26-0042-K CMC-26-0057-P --note 'One school now'",
    ),
)
