"""The form in which a school names several people at a time: its rows as they were typed, and what is wrong with each.

Whatever fills the rows, somebody's hands or a file, is looked at here and nowhere else. Rows without anything in them
are left out.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlalchemy import Select, select

from web.forms.form_fields import Wrong
from workflow.acts.act import Occasion
from workflow.domain.email_address import email_address
from workflow.domain.person_name import person_name
from workflow.english import count_of
from workflow.queries.schools.people import free_places
from workflow.store.cases import read_case
from workflow.store.tables.participant import Participant
from workflow.store.tables.requests.draft import Draft
from workflow.usecases import participants
from workflow.usecases.participants import Nominee
from workflow.usecases.people import away

FORM = "nominate-many"
#: So many rows there are at first, so many come with a button, and no form has more.
AT_FIRST, MORE, MOST = 5, 5, 40
_PARTS = ("name", "email", "phase")
#: Where what is wrong with all of it is said: the form has no field for it.
WHOLE = "rows"


class NameRow(NamedTuple):
    """One row as it was typed; `phase` is a number in figures."""

    number: int
    name: str
    email: str
    phase: str

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.email or self.phase)

    def fields(self, number: int) -> dict[str, str]:
        """As a form has it in another place."""
        return {f"{part}-{number}": getattr(self, part) for part in _PARTS}


def typed(form: Mapping[str, str]) -> list[NameRow]:
    """Every row in which anything stands."""
    rows = (NameRow(one, *(form.get(f"{part}-{one}", "").strip() for part in _PARTS)) for one in range(1, MOST + 1))
    return [row for row in rows if not row.is_empty]


def shown(given: Mapping[str, str] | Draft | None) -> range:
    """The numbers of the rows that stand on the page."""
    fields = given.fields if isinstance(given, Draft) else given or {}
    last = max((number for name in fields if (number := _number(name))), default=0)
    return range(1, min(max(last, AT_FIRST), MOST) + 1)


def _number(name: str) -> int:
    part, _, number = name.partition("-")
    return int(number) if part in _PARTS and number.isdecimal() and len(number) <= len(str(MOST)) else 0


class Read(NamedTuple):
    """The people who can be named, by the row they stand in, and what is wrong by the field's name."""

    good: dict[int, Nominee]
    wrong: Wrong


def read(on: Occasion, form: Mapping[str, str]) -> Read:
    """Each row by itself, and all together: nobody twice, nobody who is there, and no more than is paid for."""
    rows, found = typed(form), Read({}, {})
    if not rows:
        return Read({}, {"name-1": "Person 1: enter a name, or choose a file with the list"})
    known = {one.email: one for one in on.session.scalars(_taking_part(on.engagement_id))}
    for row in rows:
        person = _row(on, row, found.wrong)
        told = _told(on, known.get(person.email), person, found.good) if person else ""
        if told:
            found.wrong[f"email-{row.number}"] = f"Person {row.number}: {told}"
        elif person:
            found.good[row.number] = person
    found.wrong.update(_too_many(on, len(found.good)))
    return found


def _taking_part(engagement_id: int) -> Select[Participant]:
    return select(Participant).where(Participant.engagement_id == engagement_id)


def _row(on: Occasion, row: NameRow, wrong: Wrong) -> Nominee | None:
    """None for a row with a mistake, which is added."""
    who = f"Person {row.number}:"
    name = _clean(f"name-{row.number}", row.name, person_name, f"{who} enter their name", wrong)
    email = _clean(f"email-{row.number}", row.email, email_address, f"{who} enter their work email address", wrong)
    known = [str(one.number) for one in on.offer.phases]
    phase = row.phase or (known[0] if len(known) == 1 else "")
    if phase not in known:
        wrong[f"phase-{row.number}"] = f"{who} choose the phase that fits their experience"
        return None
    return Nominee(name, email, int(phase)) if name and email else None


def _clean(field: str, text: str, read: Callable[[str], str], ask: str, wrong: Wrong) -> str:
    try:
        return read(text)
    except ValueError as error:
        who = ask.partition(":")[0]
        wrong[field] = f"{who}: {_small(str(error))}" if text else ask
        return ""


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _told(on: Occasion, there: Participant | None, person: Nominee, others: Mapping[int, Nominee]) -> str:
    """Why somebody who could be named is not; nothing where they are new."""
    twice = next((number for number, one in others.items() if one.email == person.email), None)
    if twice is not None:
        return f"this is the address of person {twice} too"
    if there is None or participants.taken_back(there):
        return ""
    if away.is_away(there):
        return f"{away.since_and_why(on.session, there)} Ask your advisor if they are to take part again"
    return f"{there.name} is named already, with this address"


def _too_many(on: Occasion, more: int) -> Wrong:
    facts = read_case(on.session, on.engagement_id).facts
    free = free_places(facts)
    if more <= free:
        return {}
    left = f"{free} of them left" if free else "none of them left"
    paid = f"Your order pays for {count_of(facts.places, 'place')}, with {left}"
    return {WHOLE: f"{paid}. Name fewer people, or ask your advisor about more places"}
