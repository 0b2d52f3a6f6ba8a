"""Of which schools somebody is invited to read: a trust as the register names it, or schools by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflow.domain import reference
from workflow.english import count_of, listed
from workflow.errors import BadInput, NotFound, Problem
from workflow.store.tables.access.invited_reader import InvitedReader, InvitedReaderSchool
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School

#: No list of schools that is typed is longer; a trust may be.
MOST = 100
#: So many are named in a sentence.
_NAMED = 3


class Scope(NamedTuple):
    """A trust by its code and its name, or else schools by their reference numbers (URNs)."""

    trust_code: str = ""
    trust: str = ""
    urns: tuple[str, ...] = ()

    @property
    def includes(self) -> ColumnElement[bool]:
        """That a school is in it."""
        return School.trust_code == self.trust_code if self.trust_code else School.urn.in_(self.urns)


def of_trust(session: Session, code: str) -> Scope:
    """Raises BadInput."""
    named = select(School.trust).where(School.trust_code == code, School.trust_code > "").order_by(School.urn).limit(1)
    name = session.scalar(named)
    if name is None:
        raise _unfit("trust", "Choose the trust, as the register of schools names it")
    return Scope(code, name or code)


def of_schools(session: Session, typed: Iterable[str]) -> Scope:
    """Each by its URN or by the reference of an engagement, however it is typed. Raises BadInput."""
    words = list(dict.fromkeys(one.strip() for one in typed if one.strip()))
    if not words:
        raise _unfit("schools", "Enter the URN of a school, or the reference of its engagement")
    if len(words) > MOST:
        raise _unfit("schools", f"Enter {MOST} schools at most")
    urns = {word: _urn(session, word) for word in words}
    if unknown := [word for word, urn in urns.items() if urn is None]:
        raise _unfit("schools", f"No school is known by {listed([f'“{one[:40]}”' for one in unknown[:_NAMED]], 'or')}")
    return Scope(urns=tuple(dict.fromkeys(urn for urn in urns.values() if urn)))


def _urn(session: Session, word: str) -> str | None:
    if word.isdigit():
        return session.scalar(select(School.urn).where(School.urn == word))
    try:
        tidy = reference.parse(word)
    except NotFound:
        return None
    return session.scalar(select(Engagement.school_urn).where(Engagement.reference == tidy))


def _unfit(field: str, sentence: str) -> BadInput:
    return BadInput("Nobody is invited yet.", (Problem(field, sentence),))


def of(session: Session, reader: InvitedReader) -> Scope:
    """As it was asked for in an invitation."""
    if reader.trust_code:
        return Scope(reader.trust_code, reader.trust)
    named = select(InvitedReaderSchool.urn).where(InvitedReaderSchool.reader_id == reader.id)
    return Scope(urns=tuple(session.scalars(named.order_by(InvitedReaderSchool.urn))))


def engaged(session: Session, scope: Scope) -> Sequence[tuple[str, str, int | None]]:
    """The URN and name of each of its schools that takes part or did so, and who looks after its newest engagement."""
    newest = select(func.max(Engagement.id)).where(Engagement.school_urn == School.urn).correlate(School)
    wanted = (
        select(School.urn, School.name, Engagement.advisor_id)
        .join(Engagement, Engagement.school_urn == School.urn)
        .where(scope.includes, Engagement.id == newest.scalar_subquery())
        .order_by(School.name, School.urn)
    )
    return [(row.urn, row.name, row.advisor_id) for row in session.execute(wanted)]


# --- in words ---


def told(session: Session, readers: Iterable[InvitedReader]) -> Mapping[int, str]:
    """Of which schools each reads, such as “the schools of Kernow Learning”, by the number of the invitation."""
    some = [*readers]
    by_name = select(InvitedReaderSchool.reader_id, School.name).join(School, School.urn == InvitedReaderSchool.urn)
    wanted = by_name.where(InvitedReaderSchool.reader_id.in_([one.id for one in some if not one.trust_code]))
    names = defaultdict[int, list[str]](list)
    for row in session.execute(wanted.order_by(School.name, School.urn)):
        names[row.reader_id].append(row.name)
    trusts = _trusts(session, {one.trust_code for one in some if one.trust_code})
    return {
        one.id: f"the schools of {trusts.get(one.trust_code) or one.trust}" if one.trust_code else _some(names[one.id])
        for one in some
    }


def _trusts(session: Session, codes: Iterable[str]) -> Mapping[str, str]:
    """What the register calls them now."""
    wanted = select(School.trust_code, func.max(School.trust).label("trust")).where(School.trust_code.in_([*codes]))
    return {row.trust_code: row.trust for row in session.execute(wanted.group_by(School.trust_code))}


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    if more <= 0:
        return listed(names)
    return listed([*names[:_NAMED], count_of(more, "other school")])
