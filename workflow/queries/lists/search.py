"""Finds engagements by what people have in their hand, the likeliest first, and says what it was found by.

A part of a reference, an order number, a URN, a postcode, a name or an address, without its accents and signs. The
database gives the texts in which every word stands; where there are none, those in which a part of each word stands,
since one typing mistake does not spoil them all. Which of them is meant is weighed, alike for both databases.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session

from workflow.domain.plain_words import compact, plain
from workflow.offer.installed.editions import Edition
from workflow.queries.lists import weighing
from workflow.queries.lists.wanted import under
from workflow.queries.lists.weighing import PART, Asked, Weighed, is_code, padded, spared
from workflow.store.dialect import BY_VALUE
from workflow.store.search_texts import BEGINS, SEARCH
from workflow.store.tables.engagement import Engagement

#: How many texts are weighed of each question, and how many engagements are shown.
WEIGHED, SHOWN = 200, 25
#: Hardly two codes have so many threes in common.
_THREES = 6


class Match(NamedTuple):
    """`by` says what it was found by, such as “participant Ada Pascoe”."""

    id: int
    by: str


class Found(NamedTuple):
    """`more` says that others match as well; `too_short` that there is too little to look for."""

    matches: tuple[Match, ...]
    more: bool = False
    too_short: bool = False


def search(session: Session, typed: str, edition: Edition | None = None) -> Found:
    """The likeliest first; of those alike, the newest. Of one offer alone, where one is asked for."""
    words = plain(typed).split()
    if not any(len(word) >= PART or word.isdigit() for word in words):
        return Found((), too_short=True)
    asked = Asked(tuple(words), compact(typed))
    texts, weighed = dict[int, str](), list[Weighed]()
    for new in _read(session, _exactly(asked), edition):
        texts |= new
        weighed += weighing.weigh(new, asked)
        meant = any(weighing.is_meant(text, asked) for text in new.values())
        if meant or weighing.are_plenty(weighed, asked, SHOWN):
            break
    weighed = weighed or _weighed_with_mistakes(session, asked, edition)
    likeliest = sorted(weighed, key=lambda one: (-one.weight, -one.id))[:SHOWN]
    return Found(tuple(Match(one.id, one.by) for one in likeliest), more=len(weighed) > SHOWN or len(texts) >= WEIGHED)


def _weighed_with_mistakes(session: Session, asked: Asked, edition: Edition | None) -> list[Weighed]:
    weighed = list[Weighed]()
    for new in _read(session, _nearly(asked.words), edition):
        weighed += weighing.weigh(new, asked, mistakes=True)
        if any(map(weighing.is_on_one_line, weighed)):
            break
    return weighed


def _read(
    session: Session, queries: Iterable[Select[tuple[int, str]]], edition: Edition | None
) -> Iterator[Mapping[int, str]]:
    """What each of them finds that was not found before.

    How a question is best answered depends on how many texts hold what is asked for, so no answer to another one is a
    plan for it.
    """
    known = set[int]()
    of_it = (
        select(Engagement.id).where(Engagement.id == SEARCH.c.rowid, *under(edition)).exists() if edition else true()
    )
    for query in queries:
        rows = session.execute(query.where(of_it), execution_options={BY_VALUE: True})
        new = {row.rowid: row.text for row in rows if row.rowid not in known}
        known |= new.keys()
        yield new


# --- what the database is asked ---


def _exactly(asked: Asked) -> Iterator[Select[tuple[int, str]]]:
    """First the lines that begin so, or there might be too many others; then a code, and then every word anywhere."""
    together = " ".join(asked.words)
    if len(together) >= PART:
        yield _texts(_has(f"{BEGINS}{together}"))
    if is_code(asked.code) and len(asked.code) >= PART:
        yield _texts(_has(asked.code))
    known = [part for part in map(padded, asked.words) if len(part) >= PART]
    if known and known != [asked.code]:
        yield _texts(and_(*map(_has, sorted(known, key=is_code, reverse=True))))


def _nearly(words: Sequence[str]) -> Iterator[Select[tuple[int, str]]]:
    """One wrong word first, and by long parts, of which there are not so many others."""
    long = [word for word in words if len(word) >= PART]
    if all(map(is_code, long)):
        return
    yield _texts(_one_wrong(long))
    for parts in (weighing.halves, weighing.thirds):
        yield _texts(and_(*(_has_one_of(spared(word, parts)) for word in long)))


def _one_wrong(words: Sequence[str]) -> ColumnElement[bool]:
    """The others as they are."""
    wrong = [word for word in dict.fromkeys(words) if not is_code(word)]
    return or_(
        *(and_(*(_has(one) for one in words if one != word), _has_one_of(weighing.ends(word))) for word in wrong)
    )


def _texts(wanted: ColumnElement[bool]) -> Select[tuple[int, str]]:
    return select(SEARCH.c.rowid, SEARCH.c.text).where(wanted).limit(WEIGHED)


def _has_one_of(parts: Iterable[str]) -> ColumnElement[bool]:
    return or_(*map(_has, parts))


def _has(part: str) -> ColumnElement[bool]:
    """Of a code the index is asked for each three by itself, the last first, and for every name beside it.

    Each of the threes stands in very many texts, and hardly any two in the same: asked one after another, each skips
    what the others have not. Asked for all as one, the index looks up every one of them for each text that has the
    rarest. Those of a name mostly come together, so nothing would be skipped.
    """
    words = part.split()
    threes = [*dict.fromkeys(three for word in reversed(words) for three in _threes(word))]
    if len(threes) <= 1:
        return _like(SEARCH.c.text, part)
    names = (word for word in words if len(word) >= PART and not is_code(word))
    return and_(*(_like(SEARCH.c.text, one) for one in (*threes[:_THREES], *names)), _like(_BESIDE, part))


def _threes(word: str) -> Iterator[str]:
    """Those with a figure, the last first."""
    return (word[at : at + PART] for at in range(len(word) - PART, -1, -1) if is_code(word[at : at + PART]))


#: The text, of which no index is asked.
_BESIDE: ColumnElement[str] = SEARCH.c.text + ""


def _like(text: ColumnElement[str], part: str) -> ColumnElement[bool]:
    """Plain words hold neither of the signs that stand for others here."""
    return text.like(f"%{part}%")
