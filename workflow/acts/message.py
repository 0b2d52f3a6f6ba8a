"""What a school is told in an advisor's own words."""

from workflow.acts.act import Act, Done, Many, Occasion, some_offer
from workflow.acts.fields import Argument, Block
from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.usecases import advisors


def _write(on: Occasion, *, text: str) -> Done:
    advisors.write_to_school(on.session, on.engagement_id, text, **on.who)
    lead = on.engagement.lead_name
    written = f"The message to {lead} is written."
    return Done(written, console="The message is on its way.", row=f"message to {lead}", where=())


ACTS = (
    Act(
        name="message",
        about="engagement",
        do=_write,
        fields=(
            Block(
                "text",
                what="The message",
                limit=NOTE_LIMIT,
                label="Your message to {lead}",
                hint="It goes out as an email, with a greeting and the reference. The history keeps it.",
                ask="Write the message",
                console=Argument("TEXT"),
            ),
        ),
        by=COUNCIL_ROLES,
        pages=ADVISING_ROLES,
        command="engagement message",
        help="Write to the school lead in your own words. The history keeps it.",
        example="CMC-26-0042-K 'We look forward to meeting you.'",
        many=Many(
            title="Write to schools",
            explain="One message to the leads of several schools.",
            help="Send a message to several schools.",
            example="--text 'We are closed until 4 January.' CMC-26-0042-K --yes",
            needs=some_offer(lambda offer: offer.policy.message, "No offer here has an email for messages."),
            note="text",
            options={"text": "What the school leads are told."},
            words={
                "text": {
                    "label": "Your message",
                    "hint": "It goes out as an email, with a greeting and the reference. "
                    "Each school’s history keeps it.",
                }
            },
        ),
    ),
)
