"""Who takes part: nominated, decided about, named rightly, followed by somebody else, gone on at another school."""

from collections.abc import Mapping
from typing import Any

from workflow.acts.act import COUNCIL, Act, Done, Occasion, says
from workflow.acts.fields import Again, Argument, Block, Choice, Email, EntryBasis, Option, PersonName, Phase, Reference
from workflow.domain.actor import ADVISING_ROLES
from workflow.domain.effects import Recipient
from workflow.engine.trigger_inputs import NOTE_LIMIT
from workflow.english import count_of, in_words
from workflow.store import lookups
from workflow.store.outbox import dead
from workflow.store.tables.participant import Participant
from workflow.usecases import dead_letters, participants, phases
from workflow.usecases.elsewhere import transfers
from workflow.usecases.participants import Nominee
from workflow.usecases.people import away, pace, places
from workflow.usecases.phases import Basis

#: The verbs with which a page decides on a person's part in the journey.
DECISIONS = {"complete": "Completed", "defer": "Deferred", "withdraw": "Withdrawn", "rejoin": "Takes part again"}


def _nominate(on: Occasion, *, name: str, email: str, phase: int, basis: Basis | None = None) -> Done:
    """A school may say at once what the phase rests on."""
    nominee = Nominee(name, email, phase)
    if not participants.nominate(on.session, on.engagement_id, [nominee], **on.who):
        return _named_before(on, participants.one_of(on.session, on.engagement_id, email))
    if basis is not None:
        phases.propose(on.session, on.engagement_id, email, phase, basis, **on.who)
    if on.is_own:
        agreed = ", and your advisor will agree the phase" if len(on.offer.phases) > 1 else ""
        return Done(f"Thank you. {name} is named{agreed}.")
    return Done(f"{name} is nominated.")


def _named_before(on: Occasion, person: Participant) -> Done:
    """Nothing was done. Who is away can be let in again, with what they did before."""
    if away.is_away(person):
        told = away.since_and_why(on.session, person)
        back = "Ask your advisor if they are to take part again." if on.is_own else away.way_back(on.session, person)
        return Done("", console=f"{told} {back}", wrong={"email": f"{told} {back}"})
    whom = "you have named already" if on.is_own else "who takes part already"
    wrong = {"email": f"{person.email} is the address of somebody {whom}"}
    return Done("", console=f"{person.email} was nominated before; nothing has changed.", wrong=wrong)


def _move(on: Occasion, *, email: str, verb: str, reason: str | None = None, note: str | None = None) -> Done:
    one = participants.move(on.session, on.engagement_id, email, verb, note=note, reason=reason, **on.who)
    decided = DECISIONS.get(verb, in_words(one.status)).lower()
    return Done(f"Recorded for {one.name}: {decided}.", console=f"{one.name}: {in_words(one.status)}.")


def _decisions(_on: Occasion, _values: Mapping[str, Any]) -> Mapping[str, str]:
    return DECISIONS


def _reasons(on: Occasion, values: Mapping[str, Any]) -> Mapping[str, str]:
    said = on.offer.status_transition.get(("participant", values["verb"]))
    return said.reasons if said else {}


def _confirm(on: Occasion, *, email: str, name: str | None = None) -> Done:
    person = participants.confirm_name(on.session, on.engagement_id, email, name=name, **on.who)
    whose = "Thank you. Your" if on.actor.role == "participant" else "The"
    still = "" if on.is_own else _still(on, person)
    return Done(f"{whose} certificate will say “{person.certificate_name}”.{still}")


def _still(on: Occasion, person: Participant) -> str:
    """What has to be done besides, where a certificate says something else or waits for its name."""
    held = participants.certificate_of(on.session, person)
    if held and held.name != person.certificate_name:
        return f" The certificate they hold, {held.serial}, says “{held.name}”: replace it to have it printed anew."
    return " The certificate that is stuck can be tried again now." if dead.of_person(on.session, person.id) else ""


def _correct(
    on: Occasion, *, email: str, name: str | None = None, new_email: str | None = None, again: bool = False
) -> Done:
    """What is left out stays as it is. What came back to a school goes again by itself."""
    known = participants.one_of(on.session, on.engagement_id, email)
    again = again or on.is_own
    pace.agree_few(on.session, on.engagement_id, **on.who)
    right = (known.name if name is None else name, known.email if new_email is None else new_email)
    person = participants.correct(on.session, on.engagement_id, email, name=right[0], new_email=right[1], **on.who)
    told, still = f"{person.name}, {person.email}", "" if on.is_own else _still(on, person)
    if again and (number := dead_letters.retry_to(on.session, on.engagement_id, _reader(person), **on.who)):
        still = f" What came back is sent again: {count_of(number, 'message')}.{still}"
    return Done(f"Put right: {told}.{still}", console=f"It says {told} now.{still}")


def _reader(person: Participant) -> Recipient:
    return Recipient("participant", person.id)


def _replace(on: Occasion, *, email: str, name: str, new_email: str, phase: int, note: str | None = None) -> Done:
    leaving = participants.one_of(on.session, on.engagement_id, email)
    pace.agree_few(on.session, on.engagement_id, **on.who)
    if on.is_own and (wrong := places.not_given(on.session, leaving, new_email)):
        return Done("", wrong=wrong)
    nominee = Nominee(name, new_email, phase)
    coming = transfers.replace(on.session, on.engagement_id, email, nominee, note=note, **on.who)
    thanks = "Thank you. " if on.is_own else ""
    agreed = " Your advisor will agree the phase." if on.is_own and len(on.offer.phases) > 1 else ""
    return Done(f"{thanks}{coming.name} takes the place of {leaving.name}.{agreed}")


def _transfer(on: Occasion, *, email: str, reference: str, note: str | None = None) -> Done:
    there = lookups.engagement_id(on.session, reference)
    person = transfers.transfer(on.session, on.engagement_id, email, there, note=note, **on.who)
    return Done(
        f"{person.name} goes on in {reference.upper()}, and the evidence with them.",
        console=f"{person.name} goes on in {reference}: {in_words(person.status)}.",
        where=(on.engagement_id, there),
    )


_NOTE = Option("--note", "What is written beside the event.")
_FITS = "Choose the phase that fits the person’s experience"
ACTS = (
    Act(
        name="nominate",
        about="people",
        do=_nominate,
        fields=(
            PersonName(
                "name",
                label="Name",
                own_label="Full name",
                ask="Enter the person’s name",
                console=Argument("NAME"),
            ),
            Email(
                "email",
                label="Email address",
                own_label="Work email address",
                ask="Enter the person’s email address",
                own="Enter the person’s work email address",
                console=Argument("EMAIL"),
            ),
            Phase(
                "phase",
                label="Phase",
                own_label="Phase that fits their experience",
                ask="Choose the phase that meets the person’s experience",
                own=_FITS,
                console=Option("--phase", "The phase the person starts at.", default=1),
            ),
            EntryBasis("basis"),
        ),
        by=(*COUNCIL, "school_lead"),
        pages=(*ADVISING_ROLES, "school_lead"),
        command="participant nominate",
        help="Put one more person forward.",
        example="CMC-26-0042-K 'Jowan Trewhella' jowan@example.org",
    ),
    Act(
        name="move",
        about="person",
        do=_move,
        fields=(
            Choice(
                "verb",
                typed="decision",
                among=_decisions,
                shown="buttons",
                label="What is decided about {name}?",
                ask="Choose what is decided about {name}",
            ),
            Choice(
                "reason",
                among=_reasons,
                label="Reason, for somebody who is deferred or withdrawn",
                ask="Choose the reason",
            ),
            Block(
                "note", what="The note", limit=NOTE_LIMIT, label="Note (optional)", hint="It is kept in the history."
            ),
        ),
        by=says("participant"),
        pages=ADVISING_ROLES,
        slug="decide",
        command="participant withdraw",
        help="Move people on their own journey, by one of its verbs.",
        example="CMC-26-0042-K jowan@example.org",
    ),
    Act(
        name="confirm_name",
        about="person",
        do=_confirm,
        fields=(
            PersonName(
                "name",
                label="Name as printed on the certificate",
                own_label="Name as it should be printed",
                ask="Enter the name to print for {name}",
                own="Enter the name as it should be printed",
                console=Option("--name", "The name as it should be printed, if it differs."),
            ),
        ),
        by=(*COUNCIL, "school_lead", "participant"),
        pages=(*ADVISING_ROLES, "school_lead", "participant"),
        slug="confirm",
        command="participant confirm",
        help="Record that the owner agrees to the name on the certificate.",
        example="CMC-26-0042-K jowan@example.org --name 'Jowan R Trewhella'",
    ),
    Act(
        name="correct",
        about="person",
        do=_correct,
        fields=(
            PersonName(
                "name",
                label="Name",
                ask="Enter the person’s name",
                console=Option("--name", "The right name."),
            ),
            Email(
                "new_email",
                typed="email",
                label="Email address",
                ask="Enter the person’s email address",
                console=Option("--email", "The right address.", metavar="EMAIL"),
            ),
            Again(
                "again",
                label="Send again what came back: {back}",
                console=Option("--again", "Send again what came back from the address before."),
            ),
        ),
        by=(*COUNCIL, "school_lead"),
        pages=(*ADVISING_ROLES, "school_lead"),
        command="participant correct",
        help="Put a wrong name or address right.",
        example="CMC-26-0042-K jowan@example.org --email j.trewhella@example.org",
    ),
    Act(
        name="replace",
        about="person",
        do=_replace,
        fields=(
            PersonName(
                "name",
                label="Name of whoever comes instead",
                ask="Enter the person’s name",
                console=Argument("NAME"),
            ),
            Email(
                "new_email",
                typed="email",
                label="Their email address",
                ask="Enter the person’s email address",
                console=Argument("NEW_EMAIL"),
            ),
            Phase(
                "phase",
                label="Their phase",
                ask="Choose the phase that meets the person’s experience",
                console=Option("--phase", "The phase the new person starts at.", default=1),
            ),
            Block("note", what="The note", limit=NOTE_LIMIT, console=_NOTE),
        ),
        by=says("participant", "withdraw"),
        pages=(*ADVISING_ROLES, "school_lead"),
        command="participant replace",
        help="Give somebody's place to somebody else: the one withdraws, the other is nominated.",
        example="CMC-26-0042-K jowan@example.org 'Kerra Angove' kerra@example.org",
    ),
    Act(
        name="transfer",
        about="person",
        do=_transfer,
        fields=(
            Reference(
                "reference",
                label="Reference of the engagement there",
                hint="For example, CMC-26-0042-K. The evidence goes with {name}.",
                ask="Enter the reference of the engagement they go on in",
                console=Argument("TO_REF"),
            ),
            Block(
                "note",
                what="The note",
                limit=NOTE_LIMIT,
                console=Option("--note", "What is written beside the event, in both histories."),
            ),
        ),
        by=says("participant", "withdraw"),
        pages=ADVISING_ROLES,
        command="participant transfer",
        help="Let somebody go on at another school, with the phase and the evidence they have.",
        example="CMC-26-0042-K jowan@example.org CMC-26-0057-P",
    ),
)
