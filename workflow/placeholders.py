"""Which values an email may mention, by who reads it. Pure: the check and the sender share this one table."""

#: Every reader.
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
    }
)
#: Only while the stage in progress has a promise and the engagement is active.
PROMISED = frozenset({"promise", "promise_by"})
#: Only from a transition that asks for a note.
NOTED = frozenset({"note"})
#: By audience.
_PERSON = frozenset({"phase", "certificate_name"})
BY_AUDIENCE: dict[str, frozenset[str]] = {
    "school_lead": frozenset({"status_link"}),
    "head": frozenset({"status_link"}),
    "participants": _PERSON,
    "completed": _PERSON,
    "participant": _PERSON | {"serial", "verify_link"},
    "advisor": frozenset({"case_link"}),
    "lead_advisor": frozenset({"case_link"}),
}


def known(audience: str, *, promised: bool, noted: bool) -> frozenset[str]:
    """The placeholders that have a value when this audience is written to in this situation."""
    return COMMON | BY_AUDIENCE[audience] | (PROMISED if promised else frozenset()) | (NOTED if noted else frozenset())
