"""Which values an email may mention, by who reads it and by what it is about. Pure: the check and the sender share
these tables."""

#: Every reader, always.
COMMON = frozenset(
    {
        "name",
        "school",
        "reference",
        "offer",
        "provider",
        "contact",
        "stage",
        "minimum_staff",
        "staff_count",
        "price",
        "lead_name",
        "advisor_name",
        "help",
        "signature",
    }
)
#: Only while the stage in progress has a promise and the engagement is active.
PROMISED = frozenset({"promise", "promise_by"})
#: Only from an event that has a note.
NOTED = frozenset({"note"})
#: Only from a step of an appointment.
MEETING = frozenset({"meeting", "meeting_when", "meeting_length", "meeting_place"})
#: Only from a step of a participant.
ABOUT = frozenset({"participant"})
#: Only from a verb that has reasons.
REASONED = frozenset({"reason"})
#: Only from the review of somebody's evidence.
REVIEWED = frozenset({"criteria"})
#: Only from the verb that cancels, where the offer's policy speaks of refunds.
REFUNDED = frozenset({"refund"})
#: Only in a correction.
UNDONE = frozenset({"undone"})
#: Only in the email that several reminders become.
GATHERED = frozenset({"reminders", "reminder_count"})
#: Only in the email that tells of a note.
MENTIONED = frozenset({"note_link"})
#: By audience.
_PERSON = frozenset({"phase", "certificate_name", "person_link"})
#: Where a school is, its other pages, and the one on which it does what is due: all of them lead somewhere, always.
_SCHOOL = frozenset({"status_link", "people_link", "dates_link", "certificates_link", "task_link"})
BY_AUDIENCE: dict[str, frozenset[str]] = {
    "school_lead": _SCHOOL,
    "deputy": _SCHOOL,
    "head": _SCHOOL,
    "business_manager": _SCHOOL,
    "participants": _PERSON,
    "completed": _PERSON,
    "participant": _PERSON,
    "invited": frozenset(),
    "attended": _PERSON,
    "advisor": frozenset({"case_link"}),
    "lead_advisor": frozenset({"case_link"}),
}
#: Only in the email that carries a certificate, or tells of one.
CERTIFIED = frozenset({"serial", "verify_link", "renews"})


def known(audience: str, *situations: frozenset[str]) -> frozenset[str]:
    """The placeholders that have a value when this audience is written to in these situations."""
    return COMMON.union(BY_AUDIENCE[audience], *situations)
