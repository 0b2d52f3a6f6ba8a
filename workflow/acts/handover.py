"""Who looks after a school."""

from workflow.acts.act import Act, Done, Many, Occasion
from workflow.acts.fields import Advisor, Argument, Block, Option
from workflow.domain.actor import ADVISING_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.usecases import advisors


def _hand_over(on: Occasion, *, to: str, note: str) -> Done:
    advisor = advisors.hand_over(on.session, on.engagement_id, to, note=note, **on.who)
    return Done(
        f"{on.engagement.reference} is with {advisor.name} now.", row=f"handed over to {advisor.name}", where=()
    )


ACTS = (
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
