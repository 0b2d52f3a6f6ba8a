"""Finds engagements by what people have in their hand, the likeliest first, and says what it was found by.

A part of a reference, an order number, a URN, a postcode, a name or an address, without its accents and signs. The
database gives the texts in which every word stands; where there are none, those in which a part of each word stands,
since one typing mistake does not spoil them all. Which of them is meant is weighed, alike for both databases.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import Session

from workflow.domain.plain_words import compact, plain
from workflow.offer.installed.editions import Edition
from workflow.queries.lists import weighing
from workflow.queries.lists.wanted import under
from workflow.queries.lists.weighing import PART, Asked, Weighed, is_code, padded, spared
from workflow.store.dialect import BY_VALUE
from workflow.store.search_texts import LINES, SEARCH
from workflow.store.tables.engagement import Engagement

#: How many texts are weighed of each question, and how many engagements are shown.
WEIGHED, SHOWN = 200, 25
_Texts = Select[tuple[int, str]]
#: What is found by any of these.
_Question = Sequence[_Texts]
#: Hardly two codes have so many threes in common, nor two texts so many words.
_THREES, _WORDS = 6, 5


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


def _read(session: Session, questions: Iterable[_Question], edition: Edition | None) -> Iterator[Mapping[int, str]]:
    """What each of them finds that was not found before.

    How a question is best answered depends on how many texts hold what is asked for, so no answer to another one is a
    plan for it.
    """
    of_it = select(Engagement.id).where(Engagement.id == SEARCH.c.rowid, *under(edition)).exists() if edition else None
    known = set[int]()
    for question in questions:
        each = [one if of_it is None else one.where(of_it) for one in question]
        query = (each[0] if len(each) == 1 else union_all(*each)).limit(WEIGHED)
        rows = session.execute(query, execution_options={BY_VALUE: True})
        new = {row.rowid: row.text for row in rows if row.rowid not in known}
        known |= new.keys()
        yield new


# --- what the database is asked ---


def _exactly(asked: Asked) -> Iterator[_Question]:
    """First the lines that begin so, or there might be too many others; then a code, and then every word anywhere."""
    together = " ".join(asked.words)
    if len(together) >= PART:
        yield (_beginning(together),)
    if is_code(asked.code) and len(asked.code) >= PART:
        yield (_texts(_has(asked.code)),)
    known = [part for part in map(padded, asked.words) if len(part) >= PART]
    if known and known != [asked.code]:
        yield (_texts(*map(_has, sorted(known, key=is_code, reverse=True))),)


def _nearly(words: Sequence[str]) -> Iterator[_Question]:
    """One wrong word first, and by long parts, of which there are not so many others."""
    long = [word for word in dict.fromkeys(words) if len(word) >= PART]
    if all(map(is_code, long)):
        return
    yield [*_one_wrong(long, weighing.ends)]
    for parts in (weighing.halves, weighing.thirds):
        if len(long) == 1:
            yield [*_one_wrong(long, parts)]
        else:
            yield (_texts(*(or_(*map(_has, spared(word, parts))) for word in long)),)


def _one_wrong(words: Sequence[str], parts: Callable[[str], tuple[str, ...]]) -> Iterator[_Texts]:
    """The others as they are. Each is asked by itself: SQLite has no index for what is so or so."""
    telling = sorted(words, key=lambda one: (is_code(one), len(one)), reverse=True)[:_WORDS]
    for word in telling:
        others = [_has(other) for other in telling if other != word]
        yield from (_texts(*others, _has(part)) for part in parts(word) if not is_code(word))


def _beginning(together: str) -> _Texts:
    """In the order of the lines, so that whoever says nothing else comes first."""
    so = LINES.c.line >= together, LINES.c.line <= together + chr(sys.maxunicode)
    return _texts(*so).join(LINES, LINES.c.id == SEARCH.c.rowid).order_by(LINES.c.line)


def _texts(*wanted: ColumnElement[bool]) -> _Texts:
    return select(SEARCH.c.rowid, SEARCH.c.text).where(*wanted)


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
