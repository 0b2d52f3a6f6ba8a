"""Words and dates as pages write them. Times are stored in UTC and shown as the clock on a school's wall."""

from datetime import UTC, date, datetime
from uuid import uuid4

from workflow.calendar.local_time import day_told, local_time
from workflow.domain.actor import ADVISING_ROLES, CASE_READERS, COUNCIL_ROLES
from workflow.domain.contacts.kinds import CONTACTS
from workflow.domain.standing import OPEN_STANDINGS, STANDINGS
from workflow.english import begun, clock_in_words, count_of, day_in_words, in_words, within
from workflow.offer.definition import Offer
from workflow.offer.phase_guide import questions
from workflow.store.history.renewals import NONE, Renewals

STANDING_TITLES: dict[str, str] = {standing: in_words(standing).capitalize() for standing in STANDINGS}
STANDING_COLOURS = {
    "active": "govuk-tag--teal",
    "on_hold": "govuk-tag--yellow",
    "cancelled": "govuk-tag--grey",
    "lapsed": "govuk-tag--orange",
    "completed": "govuk-tag--green",
}
#: Where a person is on their own journey, saying who acted.
PARTICIPANTS = {
    "nominated": "Named by the school",
    "training": "In training",
    "working": "At work",
    "submitted": "Evidence sent in",
    "in_review": "Evidence being reviewed by the council",
    "returned": "Evidence returned by the council",
    "completed": "Completed",
    "recognised": "Recognised",
    "deferred": "Deferred",
    "withdrawn": "Withdrew",
}
DATA_REQUESTS = {
    "correction": "Put something right",
    "erasure": "Erase what you keep about me",
}
MEETINGS = {
    "to_book": "No date yet",
    "offered": "Dates offered by the council",
    "booked": "Date agreed",
    "held": "Held",
    "registered": "Held, register taken",
    "moved": "Moved to another date",
    "cancelled": "Cancelled",
}
CERTIFICATES = {"draft": "Draft", "issued": "Issued", "superseded": "Replaced by a newer one", "revoked": "Withdrawn"}


def certificate_words(status: str, renewed: Renewals | None = None) -> str:
    """`Superseded by certificate 7KQ2-M9RT-WX4H of 4 January 2028`, or another status and what it renews."""
    words, before, after = CERTIFICATES[status], *(renewed or NONE)
    if after:
        words = f"Superseded by {after.words}" if status == "superseded" else f"{words}, renewed by {after.words}"
    return f"{words}, renews {before.words}" if before else words


PURPOSES = {"planned": "", "re_visit": "Re-visit", "catch_up": "Catch-up for those who missed it"}
DECISIONS = {"met": "Met", "not_met": "Not met yet"}
ATTENDANCE = {
    "present": "Present",
    "part": "Present for part of it",
    "told_absent": "Told us they could not come",
    "no_show": "Did not come",
    "excused": "Excused",
    "caught_up": "Caught up",
}
OWNERS = {"council": "The council", "school": "The school"}
#: Who is asked on a route.
ASKED = {**OWNERS, "participant": "The participants"}


def day(moment: date) -> str:
    """`Tuesday 4 November 2025`, for a date or a moment."""
    return day_told(moment) if isinstance(moment, datetime) else day_in_words(moment)


def short_day(moment: date) -> str:
    """`4 November 2025`."""
    return day(moment).partition(" ")[2]


def brief_day(moment: date) -> str:
    """`4 Nov 2025`, where a column is narrow."""
    number, month, year = short_day(moment).split()
    return f"{number} {month[:3]} {year}"


def time(moment: datetime) -> str:
    """`2:05pm`, `9am`."""
    return clock_in_words(local_time(moment).time())


def moment(when: datetime) -> str:
    """`4 November 2025 at 2:05pm`."""
    return f"{short_day(when)} at {time(when)}"


def day_and_time(when: datetime) -> str:
    """`Tuesday 4 November 2025 at 2:05pm`."""
    return f"{day(when)} at {time(when)}"


def machine_time(when: date) -> str:
    """For the `datetime` attribute of a time element."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(when, datetime) else when.isoformat()


def plain(name: str) -> str:
    """`staff-list-reminder` as `staff list reminder`."""
    return name.replace("-", " ").replace("_", " ")


def phase_choices(offer: Offer) -> dict[int, str]:
    """`1: An Effective Mentor`, by number. There is nothing to choose where there is one."""
    return {phase.number: f"{phase.number}: {phase.title}" for phase in offer.phases if len(offer.phases) > 1}


def new_key() -> str:
    """The mark of one form as it is drawn: sent twice, it is still the same form."""
    return str(uuid4())


def in_fours(key: str) -> str:
    """`ABCD EFGH`, as people type a long key without losing their place."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def quoted(words: str) -> str:
    return f"“{words}”"


FILTERS = {
    "day": day,
    "short_day": short_day,
    "brief_day": brief_day,
    "moment": moment,
    "day_and_time": day_and_time,
    "machine_time": machine_time,
    "plain": plain,
    "in_fours": in_fours,
    "quoted": quoted,
    "begun": begun,
    "within": within,
}
GLOBALS = {
    "OPEN_STANDINGS": OPEN_STANDINGS,
    "CONTACTS": CONTACTS,
    "STANDINGS": STANDING_TITLES,
    "STANDING_COLOURS": STANDING_COLOURS,
    "PARTICIPANTS": PARTICIPANTS,
    "DATA_REQUESTS": DATA_REQUESTS,
    "MEETINGS": MEETINGS,
    "PURPOSES": PURPOSES,
    "CERTIFICATES": CERTIFICATES,
    "certificate_words": certificate_words,
    "OWNERS": OWNERS,
    "ASKED": ASKED,
    "DECISIONS": DECISIONS,
    "ATTENDANCE": ATTENDANCE,
    "ADVISING_ROLES": ADVISING_ROLES,
    "CASE_READERS": CASE_READERS,
    "COUNCIL_ROLES": COUNCIL_ROLES,
    "count_of": count_of,
    "new_key": new_key,
    "phase_choices": phase_choices,
    "phase_questions": questions,
}
