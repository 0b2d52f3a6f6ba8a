"""Who looks after a school, and who leads it there."""

from workflow.acts.act import COUNCIL, Act, Done, Many, Occasion
from workflow.acts.fields import Advisor, Argument, Block, Email, Option, PersonName
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.errors import BadInput
from workflow.usecases import advisors, purchases


def _hand_over(on: Occasion, *, to: str, note: str) -> Done:
    advisor = advisors.hand_over(on.session, on.engagement_id, to, note=note, **on.who)
    return Done(
        f"{on.engagement.reference} is with {advisor.name} now.", row=f"handed over to {advisor.name}", where=()
    )


def _correct(on: Occasion, *, name: str | None = None, email: str | None = None) -> Done:
    """What is left out stays as it is."""
    if name is None and email is None:
        raise BadInput("Say what is right: the name, the address or both.")
    known = on.engagement
    right = (known.lead_name if name is None else name, known.lead_email if email is None else email)
    lead = purchases.correct_contact(on.session, on.engagement_id, name=right[0], email=right[1], **on.who)
    return Done(f"Put right: {lead.lead_name}, {lead.lead_email}.", where=())


ACTS = (
    Act(
        name="correct_contact",
        about="engagement",
        do=_correct,
        fields=(
            PersonName(
                "name",
                typed="lead_name",
                what="The school lead's name",
                label="School lead’s name",
                ask="Enter the school lead’s name",
                console=Option("--name", "The right name."),
            ),
            Email(
                "email",
                typed="lead_email",
                label="School lead’s email address",
                ask="Enter the school lead’s email address",
                console=Option("--email", "The right address."),
            ),
        ),
        by=COUNCIL,
        pages=ADVISING_ROLES,
        command="engagement correct-contact",
        help="Put the school lead's name or address right.",
        example="CMC-26-0042-K --email j.rowe@example.org",
    ),
    Act(
        name="hand_over",
        about="engagement",
        do=_hand_over,
        fields=(
            Advisor(
                "to",
                label="Who looks after the school from now on?",
                ask="Choose who looks after the school from now on",
                console=Argument("EMAIL"),
            ),
            Block(
                "note",
                what="The note",
                label="What should they know?",
                hint="They get it by email, and the history keeps it. The school is told who its new advisor is.",
                limit=NOTE_LIMIT,
                ask="Write down what they should know",
                console=Option("--note", "What whoever takes over should know.", required=True),
            ),
        ),
        by=(*ADVISING_ROLES, "system"),
        pages=ADVISING_ROLES,
        command="engagement hand-over",
        help="Hand a school over to another advisor, who is told, as is the school.",
        example="CMC-26-0042-K jo@example.org --note Ring",
        many=Many(
            title="Hand schools over",
            explain="Somebody else looks after them from now on, and is told.",
            help="Hand schools over to another advisor.",
            example="--to jo@example.org --note Hi CMC-26-0042-K",
            note="note",
            words={
                "to": {
                    "label": "Who looks after the schools from now on?",
                    "ask": "Choose who looks after the schools from now on",
                },
                "note": {"hint": "Each school’s history keeps it."},
            },
            options={
                "to": "Who looks after the schools from now on.",
                "note": "What they should know; each school's history keeps it.",
            },
        ),
    ),
)
