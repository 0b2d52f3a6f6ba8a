"""Who speaks for a school: somebody else from now on, the same person put right, nobody any more, a proposal taken."""

from collections.abc import Mapping
from typing import Any

from workflow.acts.act import COUNCIL, Act, Done, Occasion
from workflow.acts.fields import Again, Choice, Email, Option, PersonName
from workflow.domain.actor import ADVISING_ROLES
from workflow.domain.contacts.kinds import CONTACTS
from workflow.domain.effects import Recipient
from workflow.english import count_of
from workflow.errors import BadInput
from workflow.usecases import dead_letters
from workflow.usecases.contacts import contacts, proposals

#: What is done when a name and an address are given for a contact.
HOW = {"other": "Somebody else from now on", "same": "The same person, put right"}


def _correct(on: Occasion, *, name: str | None = None, email: str | None = None) -> Done:
    """What is left out stays as it is."""
    if name is None and email is None:
        raise BadInput("Say what is right: the name, the address or both.")
    known = on.engagement
    right = (known.lead_name if name is None else name, known.lead_email if email is None else email)
    lead = contacts.correct(on.session, on.engagement_id, name=right[0], email=right[1], **on.who)
    return Done(f"Put right: {lead.name}, {lead.email}.", where=())


def _change(on: Occasion, *, contact: str, name: str, email: str, how: str | None, again: bool = False) -> Done:
    if how is not None and how not in HOW:
        raise BadInput(f"“{how}” is not a way to change a contact. Say “other” or “same”.")
    if how == "same":
        right = contacts.correct(on.session, on.engagement_id, contact, name=name, email=email, **on.who)
        told = f"Put right: {right.name}, {right.email}."
    else:
        contacts.change(on.session, on.engagement_id, contact, name=name, email=email, **on.who)
        told = f"{name} is {CONTACTS[contact].lower()} from now on."
    return Done(told + _sent_again(on, Recipient(contact)) if again else told, where=())


def _sent_again(on: Occasion, reader: Recipient) -> str:
    number = dead_letters.retry_to(on.session, on.engagement_id, reader, **on.who)
    return f" What came back is sent again: {count_of(number, 'message')}." if number else ""


def _ways(on: Occasion, values: Mapping[str, Any]) -> Mapping[str, str]:
    """Nobody is asked where there is nobody yet."""
    return HOW if values.get("contact") in contacts.current(on.session, on.engagement) else {}


def _end(on: Occasion, *, contact: str) -> Done:
    gone = contacts.end(on.session, on.engagement_id, contact, **on.who)
    return Done(f"{gone.name} is {gone.title.lower()} no more.", where=())


def _accept(on: Occasion, *, number: int) -> Done:
    taken = proposals.accept(on.session, on.engagement_id, number, **on.who)
    return Done(f"{taken.name} is {CONTACTS[taken.kind].lower()} from now on.", where=())


def _refuse(on: Occasion, *, number: int) -> Done:
    refused = proposals.refuse(on.session, on.engagement_id, number, **on.who)
    return Done(f"{refused.name} does not become {CONTACTS[refused.kind].lower()}.", where=())


_NAME = PersonName(
    "name", label="Name", ask="Enter the name", console=Option("--name", "Who it is from now on.", required=True)
)
_EMAIL = Email(
    "email",
    label="Email address",
    ask="Enter the email address",
    console=Option("--email", "Their address.", required=True),
)
ACTS = (
    Act(
        name="correct_contact",
        about="engagement",
        do=_correct,
        fields=(
            PersonName("name", what="The school lead's name", console=Option("--name", "The right name.")),
            Email("email", console=Option("--email", "The right address.")),
        ),
        by=COUNCIL,
        command="engagement correct-contact",
        why_no_page="The form that changes a contact asks whether it is the same person.",
        help="Put the school lead's name or address right.",
        example="CMC-26-0042-K --email j.rowe@example.org",
    ),
    Act(
        name="change_contact",
        about="contact",
        do=_change,
        fields=(
            _NAME,
            _EMAIL,
            Choice(
                "how",
                label="Who is it?",
                ask="Choose whether it is the same person",
                among=_ways,
                shown="buttons",
                console=Option("--how", "“other” for somebody else, “same” to put it right.", default="other"),
            ),
            Again(
                "again",
                label="Send again what came back: {back}",
                console=Option("--again", "Send again what came back from the address before."),
            ),
        ),
        by=COUNCIL,
        pages=ADVISING_ROLES,
        slug="change",
        command="engagement change-contact",
        help="Say who is school_lead, deputy, head or business_manager at a school. Letters and invitations follow.",
        example="CMC-26-0042-K head --name 'Jo Rowe' --email jo@example.org",
    ),
    Act(
        name="end_contact",
        about="contact",
        do=_end,
        by=COUNCIL,
        pages=ADVISING_ROLES,
        slug="end",
        command="engagement end-contact",
        help="Say that a school has nobody as its deputy, head or business_manager any more.",
        example="CMC-26-0042-K deputy",
    ),
    Act(
        name="accept_contact",
        about="proposal",
        do=_accept,
        by=COUNCIL,
        pages=ADVISING_ROLES,
        slug="accept",
        command="engagement accept-contact",
        help="Take a contact that the school has proposed. The person's own yes is not waited for.",
        example="CMC-26-0042-K 3",
    ),
    Act(
        name="refuse_contact",
        about="proposal",
        do=_refuse,
        by=COUNCIL,
        pages=ADVISING_ROLES,
        slug="refuse",
        command="engagement refuse-contact",
        help="Turn down a contact that the school has proposed.",
        example="CMC-26-0042-K 3",
    ),
)
