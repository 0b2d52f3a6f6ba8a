"""What can be searched of each engagement, in one text with an index of three letters in a row, and line by line.

The text is made anew from the record whenever what is in it changes. It says nothing that is nowhere else, so it is no
part of a backup. SQLite keeps it in a virtual table (FTS5 with trigrams) and PostgreSQL in a table with an index by
`pg_trgm`; both answer `LIKE '%part%'` from it. Its lines stand in a table beside it, in their order: however many there
are, those that begin so are found at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, delete, event, insert, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from workflow.domain.plain_words import compact, plain
from workflow.store.dialect import among, insert_rows
from workflow.store.record import Record, table_of
from workflow.store.tables.contacts.contact import Contact
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School

#: A line is how something is searched, and after a tab what it is, by one of these letters, and how it is written.
KINDS: Mapping[str, str] = {
    "R": "reference",
    "O": "order number",
    "U": "URN",
    "S": "school",
    "T": "town",
    "P": "postcode",
    "M": "trust",
    "L": "school lead",
    "H": "head",
    "D": "deputy lead",
    "B": "business manager",
    "N": "participant",
    "E": "email address",
}
SEARCH = Table(
    "search_text", MetaData(), Column("rowid", Integer, primary_key=True), Column("text", Text, nullable=False)
)
#: Each line of a text as it is searched, and of a code also the whole, by which it is found without its signs.
LINES = Table(
    "search_text_line", SEARCH.metadata, Column("line", Text, primary_key=True), Column("id", Integer, primary_key=True)
)
#: Those that are codes, and as much of a line as anybody types.
_CODES, _AS_TYPED = ("R", "O", "U", "P"), 200
#: Under this name a session says that nobody searches its record: a rehearsal's.
UNSEARCHED = "unsearched"
_SOME, _STALE = 500, "stale_search_texts"
_e, _s, _p, _c = (table_of(one).c for one in (Engagement, School, Participant, Contact))
_ROWS = (
    select(
        _e.id, _e.reference, _e.order_number, _e.lead_name, _e.lead_email, _e.head_name, _e.head_email,
        _s.urn, _s.name, _s.town, _s.postcode, _s.trust,
    )
    .join(School, _s.urn == _e.school_urn)
    .where(among(_e.id, "ids"))
)  # fmt: skip
#: Whoever else changes one of these waits, so that the last text is of the last change.
_LOCK = select(_e.id).where(among(_e.id, "ids")).order_by(_e.id).with_for_update()
_PEOPLE = select(_p.engagement_id, _p.name, _p.certificate_name, _p.email).where(among(_p.engagement_id, "ids"))
_CONTACTS = select(_c.engagement_id, _c.kind, _c.name, _c.email).where(
    among(_c.engagement_id, "ids"), _c.until.is_(None)
)
_LETTERS = {"deputy": "D", "business_manager": "B"}
_BEFORE = select(SEARCH.c.rowid, SEARCH.c.text).where(among(SEARCH.c.rowid, "ids"))
_GONE = delete(LINES).where(LINES.c.line == bindparam("the_line"), LINES.c.id == bindparam("the_id"))
_FIELDS: Mapping[type[Record], tuple[str, ...]] = {
    Engagement: ("order_number", "school_urn", "lead_name", "lead_email", "head_name", "head_email"),
    Participant: ("name", "certificate_name", "email", "engagement_id"),
    Contact: ("name", "email", "until"),
}


def make_stale(session: Session, ids: Iterable[int]) -> None:
    """The texts of these engagements are made anew before the transaction ends, where they are kept at all."""
    if session.info.get(UNSEARCHED):
        return
    stale: set[int] = session.info.setdefault(_STALE, set())
    stale.update(ids)


def listen(sessions: type[Session]) -> None:
    """What these sessions change is noticed when it is flushed, and the texts are made anew at the end."""
    event.listen(sessions, "after_flush", _notice)
    event.listen(sessions, "before_commit", _renew)
    event.listen(sessions, "after_soft_rollback", _forget)


def _notice(session: Session, _context: object) -> None:
    for row in (*session.new, *session.dirty):
        state = inspect(row)
        if any(state.attrs[name].history.has_changes() for name in _FIELDS.get(type(row), ())):
            make_stale(session, (row.id if isinstance(row, Engagement) else row.engagement_id,))


def _renew(session: Session) -> None:
    session.flush()
    if stale := session.info.pop(_STALE, None):
        write(session, stale)


def _forget(session: Session, _before: object) -> None:
    session.info.pop(_STALE, None)


def write(session: Session, ids: Iterable[int]) -> None:
    """Makes the texts of these engagements anew."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _SOME):
        _write_some(session, wanted[start : start + _SOME])


def write_all(session: Session) -> int:
    """Makes every text anew. Returns how many there are."""
    session.execute(delete(SEARCH))
    session.execute(delete(LINES))
    ids = [*session.scalars(select(_e.id))]
    write(session, ids)
    return len(ids)


def make_stale_of_schools(session: Session, urns: Iterable[str]) -> None:
    """The texts that name one of these schools are made anew, likewise."""
    make_stale(session, session.scalars(select(_e.id).where(_e.school_urn.in_([*urns]))))


def fill(session: Session) -> None:
    """Makes all texts where there are none yet."""
    if session.scalar(select(SEARCH.c.rowid).limit(1)) is None:
        write_all(session)


def _write_some(session: Session, ids: list[int]) -> None:
    connection, asked = session.connection(), {"ids": ids}
    connection.execute(_LOCK, asked)
    people, contacts = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
    for person in connection.execute(_PEOPLE, asked):
        people[person.engagement_id].append(person)
    for contact in connection.execute(_CONTACTS, asked):
        contacts[contact.engagement_id].append(contact)
    texts = {
        row.id: "\n".join(_lines(row, people[row.id], contacts[row.id])) for row in connection.execute(_ROWS, asked)
    }
    before = {row.rowid: row.text for row in connection.execute(_BEFORE, asked)}
    _replace(connection, before, {number: text for number, text in texts.items() if before.get(number) != text})


def _replace(connection: Connection, before: Mapping[int, str], texts: Mapping[int, str]) -> None:
    """Of the lines only those that are others now."""
    if not texts:
        return
    if known := [number for number in texts if number in before]:
        connection.execute(delete(SEARCH).where(among(SEARCH.c.rowid, "ids")), {"ids": known})
    connection.execute(insert(SEARCH), [{"rowid": number, "text": text} for number, text in texts.items()])
    old = {line for number in texts for line in _searched(number, before.get(number, ""))}
    now = {line for number, text in texts.items() for line in _searched(number, text)}
    if gone := old - now:
        connection.execute(_GONE, [{"the_line": one.line, "the_id": one.id} for one in gone])
    if new := sorted(now - old):
        insert_rows(connection, LINES, _Searched, new)


class _Searched(NamedTuple):
    """A row of the table of lines."""

    line: str
    id: int


def _searched(number: int, text: str) -> Iterator[_Searched]:
    for line in text.split("\n") if text else ():
        said, _, written = line.partition("\t")
        yield _Searched(said[:_AS_TYPED], number)
        if written.startswith(_CODES):
            yield _Searched(said.rpartition(" ")[2], number)


def _lines(row: Any, people: Iterable[Any], contacts: Iterable[Any]) -> Iterator[str]:
    yield from _codes("R", row.reference)
    yield from _codes("O", row.order_number or "")
    yield from _codes("U", row.urn)
    yield from _codes("P", row.postcode)
    yield from _names("S", row.name)
    yield from _names("T", row.town)
    yield from _names("M", row.trust)
    yield from _names("L", row.lead_name)
    yield from _names("H", row.head_name)
    yield from _names("E", row.lead_email)
    yield from _names("E", row.head_email)
    for one in contacts:
        yield from _names(_LETTERS[one.kind], one.name)
        yield from _names("E", one.email)
    for one in people:
        yield from _names("N", one.name)
        yield from _names("N", one.certificate_name if one.certificate_name != one.name else "")
        yield from _names("E", one.email)


def _names(kind: str, text: str) -> Iterator[str]:
    if said := plain(text):
        yield f"{said}\t{kind}{' '.join(text.split())}"


def _codes(kind: str, text: str) -> Iterator[str]:
    """In parts, and whole without what stands between them."""
    if said := plain(text):
        forms = " ".join(dict.fromkeys((said, compact(text))))
        yield f"{forms}\t{kind}{' '.join(text.split())}"
