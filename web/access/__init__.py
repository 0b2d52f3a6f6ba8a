"""Who may use a page. Every view says so with one of these decorators, or the application does not start.

    @bp.get("/engagements")
    @access.council(*ADVISING_ROLES)
    def engagements() -> str: ...

A school's pages take a signed token; the reference inside it is the only engagement that the view can ask for. The
token lets its holder read, and a session that is for that very page lets them write. Readers of several schools are
in by a session alone: which schools these are is asked of the record by every query.
"""

from web.access.enforce import (
    account_role,
    agree,
    calendar_feed,
    current_reader,
    current_session,
    current_user,
    enforce,
    is_guest,
    participant,
    prove_again,
    school_reference,
)
from web.access.policy import (
    UPLOAD_BYTES,
    Policy,
    Undeclared,
    calendar_address,
    check,
    council,
    half_way,
    person_link,
    person_session,
    policy_of,
    public,
    reader_session,
    school_files,
    school_link,
    school_session,
)

__all__ = [
    "UPLOAD_BYTES",
    "Policy",
    "Undeclared",
    "account_role",
    "agree",
    "calendar_address",
    "calendar_feed",
    "check",
    "council",
    "current_reader",
    "current_session",
    "current_user",
    "enforce",
    "half_way",
    "is_guest",
    "participant",
    "person_link",
    "person_session",
    "policy_of",
    "prove_again",
    "public",
    "reader_session",
    "school_files",
    "school_link",
    "school_reference",
    "school_session",
]
