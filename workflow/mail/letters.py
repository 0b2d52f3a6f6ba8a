"""Letters: to whom one owed email goes, and the values its placeholders take."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workflow.calendar.local_time import day_told
from workflow.domain import effects
from workflow.domain.contacts.kinds import CONTACTS, SCHOOL_LEAD
from workflow.domain.effects import Recipient
from workflow.domain.look import USUAL, Look
from workflow.errors import NotFound
from workflow.mail import placeholder_values
from workflow.mail.letter_rows import LetterRows
from workflow.mail.signature import closing
from workflow.mail.signed_links import Links
from workflow.offer.definition import Offer
from workflow.offer.emails.blanks import LinkedLines
from workflow.offer.emails.email_template import EmailTemplate, Rendered
from workflow.offer.school_pages import page_of
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant


@dataclass(frozen=True, slots=True)
class Letter:
    """One email, rendered for one reader. `certificate` is attached when the letter carries one.

    `look` and `sender`, the address it comes from, are those of its offer where it has its own. One that is not
    `automatic` is what somebody at the council wrote to this reader. `offer_revision` is that of the offer's words,
    where the record has it.
    """

    to_name: str
    to_email: str
    reply_to: str
    sender_name: str
    rendered: Rendered
    look: Look = USUAL
    sender: str | None = None
    certificate: bytes | None = None
    file_name: str = ""
    invitation: bytes | None = None
    method: str = ""
    automatic: bool = True
    offer_revision: int | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    name: str
    email: str
    person: Participant | None = None


def write(rows: LetterRows, owed: OwedEffect, links: Links, council: Look = USUAL) -> Letter:
    """The letter as it was owed: the stage, the promise and the note are those of the event that owes it.

    A reminder with others for the same reader becomes the one email that the offer has for several. Two that say the
    same are one. Raises KeyError with the name of a placeholder that has no value, or of a row that is not there.
    """
    letter, values = _one(rows, owed, links, council)
    own = _offer(rows, owed)
    email = own.emails[owed.name]
    places = {email.summarise(values): _place(email, owed, values)} if owed.reader else {}
    for other in rows.others.get(owed.reader, ()):
        _, theirs = _one(rows, other, links, council)
        email = _offer(rows, other).emails[other.name]
        places.setdefault(email.summarise(theirs), _place(email, other, theirs))
    if len(places) <= 1:
        return letter
    told = {"reminders": LinkedLines(places.items(), letter.look.link), "reminder_count": str(len(places))}
    digest = own.emails[own.policy.digest or owed.name]
    return replace(letter, rendered=digest.render({**values, **told}, look=letter.look))


def _place(email: EmailTemplate, owed: OwedEffect, values: Mapping[str, str]) -> str:
    """Where the reader of a reminder does what it reminds of."""
    if not Recipient.parse(owed.recipient).at_council:
        return values.get("person_link") or values["task_link"]
    return f"{values['case_link']}/meetings" if "meeting" in email.placeholders else values["case_link"]


def _offer(rows: LetterRows, owed: OwedEffect) -> Offer:
    """The one that owed it, though the engagement goes on under another."""
    engagement = rows.engagements[owed.engagement_id]
    return rows.offers.machine(engagement.offer_code, owed.offer_version or engagement.offer_version).offer


def _one(rows: LetterRows, owed: OwedEffect, links: Links, council: Look) -> tuple[Letter, Mapping[str, str]]:
    """One letter by itself, and the values its placeholders take."""
    engagement, recipient = rows.engagements[owed.engagement_id], Recipient.parse(owed.recipient)
    offer, event = _offer(rows, owed), rows.event_of(owed)
    reader = _reader(rows, engagement, offer, recipient)
    email = offer.emails.get(owed.name)
    if email is None:
        raise NotFound(f"The offer {'-'.join(offer.key)} has no email “{owed.name}” any more. Put its file back.")
    held = rows.certificates.get(event.data.get("serial", "")) if recipient.audience == "participant" else None
    meeting, look = placeholder_values.meeting_of(rows, event, offer), offer.offer.brand.over(council)
    values = {
        **_common(rows, engagement, offer, reader),
        **closing(offer.offer, recipient, rows.users.get(engagement.advisor_id or 0), engagement.reference),
        **_moment(rows, owed, event, offer),
        **placeholder_values.values(rows, event, offer, meeting),
        **_own(engagement, offer, reader, links),
        **_certified(rows, held, links),
        **_pages(owed, event, offer, engagement, links),
        **_noted(owed, engagement, links),
    }
    invited = (
        meeting.invitation(email.calendar, (reader.name, reader.email), offer) if email.calendar and meeting else None
    )
    carried = held if held and offer.certificate and email.name == offer.certificate.email else None
    letter = Letter(
        to_name=reader.name,
        to_email=reader.email,
        reply_to=offer.offer.contact,
        sender_name=offer.offer.provider,
        look=look,
        sender=offer.offer.sender,
        rendered=email.render(values, owed.paragraph, look),
        certificate=carried.pdf if carried else None,
        file_name=f"certificate-{carried.serial}.pdf" if carried else "",
        invitation=invited,
        method=email.calendar or "",
        automatic=email.name != offer.policy.message,
        offer_revision=rows.offers.revision(*offer.key),
    )
    return letter, values


def _reader(rows: LetterRows, engagement: Engagement, offer: Offer, recipient: Recipient) -> _Reader:
    match recipient.audience:
        case "school_lead":
            return _Reader(engagement.lead_name, engagement.lead_email)
        case "head":
            return _Reader(engagement.head_name, engagement.head_email)
        case "deputy" | "business_manager":
            contact = rows.contacts.get((engagement.id, recipient.audience))
            if contact is None:
                raise NotFound(f"Nobody is {CONTACTS[recipient.audience].lower()} there any more. Drop this letter.")
            return _Reader(contact.name, contact.email)
        case "advisor" | "lead_advisor":
            user = rows.users.get(recipient.id or engagement.advisor_id or 0)
            here = user is not None and user.disabled_at is None
            return _Reader(user.name, user.email) if user and here else _Reader("colleague", offer.offer.contact)
        case effects.FORMER:
            sent = rows.sent[recipient.id or 0]
            return _Reader(sent.to_name, sent.to_email)
        case _:
            person = rows.people[recipient.id or 0]
            return _Reader(person.name, person.email, person)


def _common(rows: LetterRows, engagement: Engagement, offer: Offer, reader: _Reader) -> dict[str, str]:
    advisor = rows.users.get(engagement.advisor_id or 0)
    return {
        "name": reader.name,
        "school": rows.schools[engagement.school_urn],
        "reference": engagement.reference,
        "offer": offer.offer.title,
        "provider": offer.offer.provider,
        "contact": offer.offer.contact,
        "minimum_staff": str(offer.offer.minimum_staff),
        "staff_count": str(rows.staff.get(engagement.id, 0)),
        "price": f"£{offer.offer.price:.2f}",
        "lead_name": engagement.lead_name,
        "advisor_name": advisor.name if advisor else offer.offer.provider,
    }


def _moment(rows: LetterRows, owed: OwedEffect, event: Event, offer: Offer) -> Mapping[str, str]:
    """What was so when the event happened: the stage it led to, what was promised from there, what was noted."""
    note = rows.notes.get((owed.engagement_id, owed.seq))
    values = {"stage": offer.stage[event.to_stage].title}
    if note is not None:
        values["note"] = note
    if owed.promise_to and owed.promise_due_at:
        values |= {"promise": owed.promise_to, "promise_by": day_told(owed.promise_due_at, offer.calendar.zone)}
    return values


def _noted(owed: OwedEffect, engagement: Engagement, links: Links) -> dict[str, str]:
    """Where the note is that a letter tells of, if it tells of one."""
    number = effects.note_of(owed.key)
    return {} if number is None else {"note_link": f"{links.case(engagement.reference)}/notes/{number}"}


def _pages(owed: OwedEffect, event: Event, offer: Offer, engagement: Engagement, links: Links) -> dict[str, str]:
    """A school's pages. Only whoever leads there can come in to them; the others are led to where the school is."""
    is_lead = owed.recipient == SCHOOL_LEAD
    task = page_of(offer, event.to_stage, owed.promise_to) if owed.promise_to else ""
    wanted = {"people_link": "people", "dates_link": "dates", "certificates_link": "certificates", "task_link": task}
    return {name: links.school_page(engagement.reference, page if is_lead else "") for name, page in wanted.items()}


def _own(engagement: Engagement, offer: Offer, reader: _Reader, links: Links) -> dict[str, str]:
    """What only this kind of reader is told."""
    values = {"status_link": links.status(engagement.reference), "case_link": links.case(engagement.reference)}
    if reader.person:
        values |= {
            "phase": offer.phase[reader.person.phase].title,
            "certificate_name": reader.person.certificate_name,
            "person_link": links.person(engagement.reference, reader.person.id),
        }
    return values


def _certified(rows: LetterRows, held: Certificate | None, links: Links) -> dict[str, str]:
    """A certificate as a letter tells of it: whether it renews another is a sentence or nothing, so that it may stand
    in the letter of every round."""
    if held is None:
        return {}
    before = rows.renewed.get(held.serial)
    renews = f"It renews {before.words}." if before else ""
    return {"serial": held.serial, "verify_link": links.verify(held.serial), "renews": renews}
