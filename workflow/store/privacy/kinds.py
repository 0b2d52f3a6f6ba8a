"""The marked columns in words: kinds of what is kept, as the privacy notice, an export and an erasure call them.

A column that has a mark and stands in no kind is found by a test: nothing about people is kept that no page tells.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from workflow.store.privacy.marks import Mark, marks


class Kind(NamedTuple):
    """`what` and `seen_by` are whole sentences. All columns of a kind have one mark. `part` is what an offer has for
    there to be any of it, where that is not something that every offer has."""

    title: str
    what: str
    seen_by: str
    columns: tuple[str, ...]
    part: Literal["", "evidence", "certificates"] = ""


_COUNCIL = "The council’s staff who work on this offer."
_BOTH = "The council’s staff who work on this offer, and your school where it was written to or by it."
KINDS = (
    Kind(
        "Who takes part, and whom to write to",
        "The names and work email addresses of the staff who take part, and of those who speak for the school or did "
        "so before: its lead for this offer, their deputy, the head and the business manager.",
        "The council’s staff who work on this offer, and the school’s lead and head.",
        (
            "participant.name", "participant.email", "engagement.lead_name", "engagement.lead_email",
            "engagement.head_name", "engagement.head_email", "contact.name", "contact.email", "contact_proposal.name",
            "contact_proposal.email", "contact_proposal.asked_by", "crossing.email",
        ),
    ),
    Kind(
        "Experience and evidence",
        "What staff and their school say about their experience, what they write and send in to show what is asked of "
        "them, and what the council says about each part of it.",
        "The member of staff, and those of the council’s staff who decide about it. Each time one of them opens it, "
        "that is written down. The school’s lead sees how far somebody has come, and not what they wrote.",
        (
            "entry_basis.experience", "entry_basis.answers", "evidence.text", "evidence_attachment.name",
            "criterion_decision.text", "stored_file.content",
        ),
        "evidence",
    ),
    Kind(
        "Certificates",
        "The name on the certificate, and the certificate itself.",
        "Anybody who has the number of the certificate can see whose it is, for which phase, and whether it is "
        "current. The file itself goes to its holder.",
        ("participant.certificate_name", "certificate.name", "certificate.pdf"),
        "certificates",
    ),
    Kind(
        "Messages",
        "The emails that this service sends: to whom, when, and what they say.",
        _COUNCIL,
        ("message.to_name", "message.to_email", "message.subject", "message.text", "outbox.trouble",
         "outbox.paragraph"),
    ),
    Kind(
        "Meetings, visits and notes",
        "What was agreed at meetings and visits, who is to do it, and what the council’s staff write down beside it.",
        _BOTH,
        (
            "appointment.outputs", "action.what_text", "action.owner_name", "note.text", "note.waiver",
            "case_note_version.text", "case_note_file.name", "bulk_job.note_text", "bulk_row.result_text",
        ),
    ),
    Kind(
        "Forms that you have not sent yet",
        "What you have typed into a form and not sent, and the files that you have chosen for it, so that you can go "
        "on later.",
        "Nobody but whoever writes it.",
        ("draft.fields", "draft.replaced", "unsent_file.name"),
    ),
    Kind(
        "What you ask about your data",
        "What you ask to have put right or erased, and what the council answers.",
        "Administrators, and you.",
        ("data_request.said", "data_request.answer"),
    ),
    Kind(
        "Forms that you have just sent",
        "The sentence that you were shown when you sent a form.",
        "Nobody but whoever sent it.",
        ("receipt.told_text",),
    ),
    Kind(
        "Lists that are brought in",
        "Files with orders or lists of staff that schools send us, while the council’s staff go through them.",
        "The member of the council’s staff who uploaded the file.",
        ("upload.name", "upload.content", "upload.mended"),
    ),
    Kind(
        "Messages that do not arrive",
        "What a mail server answers when an email does not arrive. There may be an address in it.",
        _COUNCIL,
        ("setback.trouble",),
    ),
    Kind(
        "Accounts of the council’s staff",
        "Name, work email address and work telephone number of council staff who sign in here.",
        "Colleagues at the council. Schools see the name and telephone number of their own advisor.",
        ("user_account.email", "user_account.name", "user_account.telephone"),
    ),
    Kind(
        "Readers of several schools",
        "The name and work email address of somebody at a trust, or of a head of several schools, whom the council has "
        "invited to read where these are.",
        _COUNCIL,
        ("invited_reader.name", "invited_reader.email"),
    ),
    Kind(
        "Where people are signed in",
        "Which browser, and roughly which network, somebody at the council, a school or a trust is signed in from.",
        "Whoever it is about, and administrators.",
        ("web_session.device", "web_session.network", "known_device.device"),
    ),
    Kind(
        "Letters with links to come in",
        "To whom a link to come in was sent, and on which device it was asked for.",
        "Administrators.",
        ("access_letter.to_name", "access_letter.to_email", "access_letter.asked_from", "access_letter.trouble"),
    ),
    Kind(
        "Who has read evidence",
        "Which member of the council’s staff opened whose evidence, and when.",
        "Administrators and auditors, and whoever the evidence is about, if they ask.",
        ("evidence_read.user_id", "evidence_read.participant_id"),
        "evidence",
    ),
)  # fmt: skip


class Told(NamedTuple):
    """A kind with its mark."""

    kind: Kind
    why: str
    keep: str


class Unsaid(Exception):
    """These columns have a mark, and no page says what they are for; put each into a kind."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"{self.__doc__} {', '.join(names)}")


def told(known: tuple[Mark, ...] | None = None) -> Iterator[Told]:
    """Every kind with its mark, in order. Raises Unsaid about a mark that is in no kind."""
    there = {mark.name: mark for mark in known or marks()}
    if silent := sorted(there.keys() - {name for kind in KINDS for name in kind.columns}):
        raise Unsaid(silent)
    for kind in KINDS:
        mark = there[kind.columns[0]]
        yield Told(kind, mark.why, mark.keep)


def title_of(name: str) -> str:
    """What kind a marked column is of, by its table and its own name."""
    return next(kind.title for kind in KINDS if name in kind.columns)
