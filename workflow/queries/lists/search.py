"""Finds engagements by what people have in their hand, the likeliest first, and says what it was found by.

A part of a reference, an order number, a URN, a postcode, a name or an address, without its accents and signs. The
database gives the texts in which every word stands; where there are none, those in which a part of each word stands,
since one typing mistake does not spoil them all. Which of them is meant is weighed here, alike for both databases.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from workflow.domain.plain_words import compact, plain
from workflow.offer.installed.editions import Edition
from workflow.queries.lists.wanted import under
from workflow.store.search_texts import BEGINS, KINDS, SEARCH
from workflow.store.tables.engagement import Engagement

#: The shortest part that the index knows.
_PART = 3
#: How many texts are weighed, and how many engagements are shown.
WEIGHED, SHOWN = 200, 25
#: From here on a text is shown: every word is in it, or nearly.
_ENOUGH = 0.7
_WHOLE, _BEGINS, _WITHIN, _NEARLY = 1.0, 0.9, 0.8, 0.75
#: What counts besides: that one line says it all, and that it says nothing else.
_ONE_LINE, _NOTHING_ELSE = 0.2, 0.3
#: What hardly two engagements have alike, where it is as long as this.
_ONES_OWN, _LONG = "ROE", 6
#: People look for schools and codes more often than for people.
_DEAR = {"R": 0.06, "O": 0.05, "U": 0.05, "S": 0.04, "P": 0.03, "L": 0.02, "N": 0.02, "H": 0.01}


class Match(NamedTuple):
    """`by` says what it was found by, such as “participant Ada Pascoe”."""

    id: int
    by: str


class Found(NamedTuple):
    """`more` says that others match as well; `too_short` that there is too little to look for."""

    matches: tuple[Match, ...]
    more: bool = False
    too_short: bool = False


class _Asked(NamedTuple):
    """What was typed: in plain words, and as a code."""

    words: tuple[str, ...]
    code: str


class _Weighed(NamedTuple):
    weight: float
    id: int
    by: str


def search(session: Session, typed: str, edition: Edition | None = None) -> Found:
    """The likeliest first; of those alike, the newest. Of one offer alone, where one is asked for."""
    words = plain(typed).split()
    if not any(len(word) >= _PART or word.isdigit() for word in words):
        return Found((), too_short=True)
    asked = _Asked(tuple(words), compact(typed))
    texts: dict[int, str] = {}
    for query in _exactly(words, typed):
        texts |= _read(session, query, edition)
        if any(_is_meant(text, asked) for text in texts.values()):
            break
    weighed = [*_weigh(texts, asked)]
    for query in () if weighed else _nearly(words):
        weighed = weighed or [*_weigh(_read(session, query, edition), asked, mistakes=True)]
    likeliest = sorted(weighed, key=lambda one: (-one.weight, -one.id))[:SHOWN]
    return Found(tuple(Match(one.id, one.by) for one in likeliest), more=len(weighed) > SHOWN or len(texts) >= WEIGHED)


def _read(session: Session, query: Select[tuple[int, str]], edition: Edition | None) -> dict[int, str]:
    if edition:
        query = query.where(select(Engagement.id).where(Engagement.id == SEARCH.c.rowid, *under(edition)).exists())
    return {row.rowid: row.text for row in session.execute(query)}


# --- what the database is asked ---


def _exactly(words: Sequence[str], typed: str) -> Iterator[Select[tuple[int, str]]]:
    """First the lines that begin so, or there might be too many others; then a code, and then every word anywhere."""
    together, code = " ".join(words), compact(typed)
    if len(together) >= _PART:
        yield _texts(_has(f"{BEGINS}{together}"))
    if any(sign.isdigit() for sign in code) and len(code) >= _PART:
        yield _texts(_has(code))
    if known := [part for part in map(_padded, words) if len(part) >= _PART]:
        yield _texts(and_(*map(_has, known)))


def _nearly(words: Sequence[str]) -> Iterator[Select[tuple[int, str]]]:
    """By long parts first, of which there are not so many others."""
    long = [word for word in words if len(word) >= _PART]
    for parts in (_halves, _thirds) if long else ():
        yield _texts(and_(*(or_(*map(_has, _spared(word, parts))) for word in long)))


def _spared(word: str, parts: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """The parts of which a mistake leaves one as it should be."""
    return (word,) if _is_code(word) else parts(word)


def _left_over(words: Sequence[str]) -> set[str]:
    """Some of these stand in whatever says one of the words, with one mistake or without."""
    return {part for word in words for parts in (_halves, _thirds) for part in _spared(word, parts)}


def _is_code(word: str) -> bool:
    """Of figures every one counts."""
    return any(sign.isdigit() for sign in word)


def _halves(word: str) -> tuple[str, ...]:
    """One of them is as it should be, if one letter is wrong, missing or too many."""
    middle = len(word) // 2
    return (word[:middle], word[middle:]) if middle >= _PART else _thirds(word)


def _thirds(word: str) -> tuple[str, ...]:
    """Or if two letters have changed places."""
    third = max(len(word) // 3, _PART)
    ends = word[:third], word[-third:]
    return (*ends, word[third:-third]) if len(word) >= 3 * _PART else ends


def _padded(word: str) -> str:
    """References count in four figures."""
    return word.zfill(4) if word.isdigit() and len(word) < _PART else word


def _texts(wanted: ColumnElement[bool]) -> Select[tuple[int, str]]:
    return select(SEARCH.c.rowid, SEARCH.c.text).where(wanted).limit(WEIGHED)


def _has(part: str) -> ColumnElement[bool]:
    """Plain words hold neither of the signs that stand for others here."""
    return SEARCH.c.text.like(f"%{part}%")


# --- which of them is meant ---


def _is_meant(text: str, asked: _Asked) -> bool:
    """Whether it says just what was typed as a reference, an order number or an address: nothing else is meant then."""
    together = " ".join(asked.words)
    if len(asked.code) < _LONG or not (together in text or asked.code in text):
        return False
    lines = (line.removeprefix(BEGINS).partition("\t") for line in text.split("\n"))
    return any(kind[0] in _ONES_OWN and (said == together or asked.code in said.split()) for said, _, kind in lines)


def _weigh(texts: Mapping[int, str], asked: _Asked, *, mistakes: bool = False) -> Iterator[_Weighed]:
    """Those that say enough of it; `mistakes` are looked for where nothing says it as it was typed.

    Lines with no part of it say nothing of it. Most words stand in many lines, and a school's in all its engagements;
    each is compared once.
    """
    alike = cache(partial(_alike, mistakes=mistakes))
    parts = [asked.code, *(asked.words if not mistakes else _left_over(asked.words))]

    @cache
    def read(line: str) -> _Line | None:
        return _Line(line, asked.words, alike) if any(part in line for part in parts) else None

    for number, text in texts.items():
        lines = [said for line in text.split("\n") if (said := read(line))]
        if not lines:
            continue
        weight, by = max(_together(lines, asked), *(one.alone(asked) for one in lines))
        if weight >= _ENOUGH:
            yield _Weighed(weight, number, by)


class _Line:
    """One line of a text, and how well it says each of the words."""

    def __init__(self, line: str, words: Sequence[str], alike: Callable[[str, str], float]) -> None:
        said, _, written = line.removeprefix(BEGINS).partition("\t")
        self.kind, self.there, self.by = written[0], said.split(), f"{KINDS[written[0]]} {written[1:]}"
        self.each = [max((alike(word, one) for one in self.there), default=0.0) for word in words]

    def alone(self, asked: _Asked) -> tuple[float, str]:
        """How well it says all of it."""
        if min(self.each) >= _NEARLY:
            whole = sorted(self.there) == sorted(asked.words) or asked.code in self.there
            return sum(self.each) / len(self.each) + self._worth(whole=whole), self.by
        if len(asked.code) >= _PART and any(asked.code in one for one in self.there):
            return _WITHIN + self._worth(whole=asked.code in self.there), self.by
        return 0.0, ""

    def _worth(self, *, whole: bool) -> float:
        return _ONE_LINE + _DEAR.get(self.kind, 0.0) + (_NOTHING_ELSE if whole else 0.0)


def _together(lines: Sequence[_Line], asked: _Asked) -> tuple[float, str]:
    """How well several lines say it together, such as a school and somebody there."""
    best = [max(lines, key=lambda one: one.each[place]) for place in range(len(asked.words))]
    each = [one.each[place] for place, one in enumerate(best)]
    if min(each) < _NEARLY:
        return 0.0, ""
    return sum(each) / len(each), " and ".join(dict.fromkeys(one.by for one in best))


def _alike(word: str, other: str, *, mistakes: bool) -> float:
    if word == other or _padded(word) == other:
        return _WHOLE
    if len(word) < _PART:
        return 0.0
    if word in other:
        return _BEGINS if other.startswith(word) else _WITHIN
    return _NEARLY if mistakes and len(word) > _PART and not _is_code(word) and _one_mistake(word, other) else 0.0


def _one_mistake(word: str, other: str) -> bool:
    """Whether it begins the other but for one letter too many, too few or wrong, or two in each other's place."""
    return any(OSA.distance(word, other[:end], score_cutoff=1) <= 1 for end in (len(word), len(word) + 1))
