"""Everything that is kept about one person, for that person: made from the marks of the columns and nothing else.

With what is theirs comes what others wrote about them. Before it is handed over somebody reads it, as there may be
something about others in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from workflow.store.privacy.kinds import Told, told
from workflow.store.privacy.owned import owned
from workflow.store.privacy.subject import Subject, find, of_participant
from workflow.store.privacy.traces import Trace, traces
from workflow.store.privacy.words import Words
from workflow.store.record import table_of
from workflow.store.tables.engagement import Engagement

#: What lets somebody in, or only proves something: nobody's to read.
_SECRET = frozenset(
    (
        "salt", "password_hash", "totp_sealed", "totp_step", "link_digest", "secret_digest", "seal", "head", "asked",
        "fence", "subject", "public_key",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what is in it by the columns' names, in words where they are marked. `own` says whether the row is the
    person's, or speaks of them."""

    about: str
    own: bool
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Section:
    """A kind as the privacy notice tells it, with what there is of it."""

    title: str
    why: str
    keep: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OwnData:
    """`files` are by the names under which they lie beside the text."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]
    made_at: datetime
    sections: tuple[Section, ...]
    files: Mapping[str, bytes]


def read(session: Session, email: str, now: datetime) -> OwnData:
    """Raises NotFound."""
    subject = find(session, email)
    return _read(session, subject, [*traces(session, Words(subject.names, subject.addresses))], now)


def read_own(session: Session, participant_id: int, now: datetime) -> OwnData:
    """What a participant may read without anybody looking through it first: nothing that others wrote beside it."""
    return _read(session, of_participant(session, participant_id), [], now)


def _read(session: Session, subject: Subject, spoken: list[Trace], now: datetime) -> OwnData:
    files: dict[str, bytes] = {}
    own = {table.name: [*_own(session, subject, table, files)] for table in map(table_of, owned(subject))}
    seen = {(table, line.about) for table, lines in own.items() for line in lines}
    sections = tuple(_section(one, own, spoken, seen) for one in told())
    others = Section(
        "What happened and when", "so that everybody knows what was done", "as long as the rest", _plain(own, sections)
    )
    return OwnData(subject.names, subject.addresses, now, (*sections, others), files)


def _own(session: Session, subject: Subject, table: Table, files: dict[str, bytes]) -> Iterator[Line]:
    where = next(where for record, where in owned(subject).items() if table_of(record) is table)
    for row in session.execute(select(table).where(where).order_by(*table.primary_key)).mappings():
        about = _about(table, row)
        values = {
            name: _value(about, name, row[name], files)
            for name in _columns(subject, table, row)
            if row[name] not in (None, "")
        }
        yield Line(about, own=True, values=values)


def _columns(subject: Subject, table: Table, row: Mapping[Any, Any]) -> Iterator[str]:
    """Of an engagement, no more than whom it names: the rest is about the school and others."""
    roles = [one.role for one in subject.contacts if one.engagement_id == row.get("id")]
    for column in table.columns:
        is_theirs = table.name != Engagement.__tablename__ or column.name == "reference"
        if (is_theirs or column.name.partition("_")[0] in roles) and column.name not in _SECRET:
            yield column.name


def _about(table: Table, row: Mapping[Any, Any]) -> str:
    return ":".join((table.name, *(str(row[key.name]) for key in table.primary_key)))


def _value(about: str, column: str, value: Any, files: dict[str, bytes]) -> object:
    if isinstance(value, bytes):
        name = f"{about.replace(':', '-')}-{column}"
        files[name] = value
        return f"in the file {name}"
    return value


def _section(one: Told, own: Mapping[str, list[Line]], spoken: list[Trace], seen: set[tuple[str, str]]) -> Section:
    tables = dict.fromkeys(name.partition(".")[0] for name in one.kind.columns)
    lines = [line for table in tables for line in own.get(table, ())]
    for trace in spoken:
        about = _about(trace.table, trace.row)
        if trace.name in one.kind.columns and (trace.table.name, about) not in seen:
            lines.append(Line(about, own=False, values={trace.column: trace.value}))
    return Section(one.kind.title, one.why, one.keep, tuple(lines))


def _plain(own: Mapping[str, list[Line]], sections: tuple[Section, ...]) -> tuple[Line, ...]:
    """Rows of tables without a mark, such as who was at which meeting."""
    told_already = {line.about for section in sections for line in section.lines}
    return tuple(line for lines in own.values() for line in lines if line.about not in told_already)
