"""Which of the texts found is meant by what somebody typed. Pure, and alike for both databases."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from rapidfuzz.distance import OSA

from workflow.store.search_texts import KINDS

#: The shortest part that the index knows.
PART = 3
#: From here on a text is shown: every word is in it, or nearly.
_ENOUGH = 0.7
_WHOLE, _BEGINS, _WITHIN, _NEARLY = 1.0, 0.9, 0.8, 0.75
#: What counts besides: that one line says it all, and that it says nothing else.
_ONE_LINE, _NOTHING_ELSE = 0.2, 0.3
#: What hardly two engagements have alike, where it is as long as this.
_ONES_OWN, _LONG = "ROE", 6
#: People look for schools and codes more often than for people.
_DEAR = {"R": 0.06, "O": 0.05, "U": 0.05, "S": 0.04, "P": 0.03, "L": 0.02, "N": 0.02, "H": 0.01}
#: A school whose name says every word.
_A_SCHOOL = _WHOLE + _ONE_LINE + _DEAR["S"]


class Asked(NamedTuple):
    """What was typed: in plain words, and as a code."""

    words: tuple[str, ...]
    code: str


class Weighed(NamedTuple):
    """`by` says what it was found by."""

    weight: float
    id: int
    by: str


def weigh(texts: Mapping[int, str], asked: Asked, *, mistakes: bool = False) -> Iterator[Weighed]:
    """Those that say enough of it; `mistakes` are looked for where nothing says it as it was typed.

    Lines with no part of it say nothing of it. Most words stand in many lines, and a school's in all its engagements;
    each is compared once.
    """
    alike, parts = cache(partial(_alike, mistakes=mistakes)), _parts(asked, mistakes=mistakes)
    read = cache(partial(_Line, asked=asked, alike=alike))
    for number, text in texts.items():
        if lines := [read(line) for line in _lines_with(parts, text)]:
            weight, by = _best(lines)
            if weight >= _ENOUGH:
                yield Weighed(weight, number, by)


def is_meant(text: str, asked: Asked) -> bool:
    """Whether it says just what was typed as a reference, an order number or an address: nothing else is meant then."""
    together = " ".join(asked.words)
    if len(asked.code) < _LONG or not (together in text or asked.code in text):
        return False
    lines = (line.partition("\t") for line in text.split("\n"))
    return any(kind[0] in _ONES_OWN and (said == together or asked.code in said.split()) for said, _, kind in lines)


def are_plenty(weighed: Collection[Weighed], asked: Asked, shown: int) -> bool:
    """Whether more can be shown than are, and each is a school that says every word: none of the others says more. Of
    what has a figure, a code might."""
    return not is_code(asked.code) and sum(one.weight >= _A_SCHOOL for one in weighed) > shown


def is_on_one_line(one: Weighed) -> bool:
    """Whether one line says it all, but for a mistake."""
    return one.weight >= _NEARLY + _ONE_LINE


# --- parts of words ---


def is_code(word: str) -> bool:
    """Of figures every one counts."""
    return any(sign.isdigit() for sign in word)


def padded(word: str) -> str:
    """References count in four figures."""
    return word.zfill(4) if word.isdigit() and len(word) < PART else word


def ends(word: str) -> tuple[str, ...]:
    """One of them is as it should be, if the mistake is in the first or the last two letters; few others have it."""
    return (word[:-2], word[2:]) if len(word) >= PART + 2 else thirds(word)


def halves(word: str) -> tuple[str, ...]:
    """One of them is as it should be, if one letter is wrong, missing or too many."""
    middle = len(word) // 2
    return (word[:middle], word[middle:]) if middle >= PART else thirds(word)


def thirds(word: str) -> tuple[str, ...]:
    """Or if two letters have changed places."""
    third = max(len(word) // 3, PART)
    both = word[:third], word[-third:]
    return (*both, word[third:-third]) if len(word) >= 3 * PART else both


def spared(word: str, parts: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """The parts of which a mistake leaves one as it should be."""
    return (word,) if is_code(word) else parts(word)


def _parts(asked: Asked, *, mistakes: bool) -> set[str]:
    """Some of these stand in whatever line says one of the words, with one mistake or without. Short words stand in
    most others: they count where they stand alone."""
    long = {word for word in (*asked.words, asked.code) if len(word) >= PART}
    short = {form for word in asked.words if len(word) < PART for form in (word, padded(word))}
    alone = {f"{before}{word}{after}" for before in "\n " for word in short for after in " \t"}
    parts = alone | (long if not mistakes else _left_over(long))
    return {part for part in parts if not any(other in part for other in parts - {part})}


def _left_over(words: Collection[str]) -> set[str]:
    return {part for word in words for parts in (halves, thirds) for part in spared(word, parts)}


# --- lines ---


class _Line:
    """One line of a text, how well it says each of the words, and how well all of it."""

    def __init__(self, line: str, asked: Asked, alike: Callable[[str, str], float]) -> None:
        said, _, written = line.partition("\t")
        self.kind, self.there, self.by = written[0], said.split(), f"{KINDS[written[0]]} {written[1:]}"
        self.each = [max((alike(word, one) for one in self.there), default=0.0) for word in asked.words]
        self.alone = self._alone(asked)

    def _alone(self, asked: Asked) -> tuple[float, str]:
        if min(self.each) >= _NEARLY:
            whole = sorted(self.there) == sorted(asked.words) or asked.code in self.there
            return sum(self.each) / len(self.each) + self._worth(whole=whole), self.by
        if len(asked.code) >= PART and any(asked.code in one for one in self.there):
            return _WITHIN + self._worth(whole=asked.code in self.there), self.by
        return 0.0, ""

    def _worth(self, *, whole: bool) -> float:
        return _ONE_LINE + _DEAR.get(self.kind, 0.0) + (_NOTHING_ELSE if whole else 0.0)


def _lines_with(parts: Collection[str], text: str) -> list[str]:
    """Those in which one of the parts stands, in their order."""
    text, found = f"\n{text}\n", dict[int, str]()
    for part in parts:
        at = text.find(part)
        while at >= 0:
            start, end = text.rfind("\n", 0, at + 1) + 1, text.find("\n", at + 1)
            found[start] = text[start:end]
            at = text.find(part, end)
    return [found[start] for start in sorted(found)]


def _best(lines: Sequence[_Line]) -> tuple[float, str]:
    """One line that says it all, or how well several say it together, such as a school and somebody there."""
    alone = max(line.alone for line in lines)
    if alone[0] > _WHOLE:
        return alone  # several say no more than each of the words whole
    each = [*map(max, zip(*(line.each for line in lines), strict=True))]
    if min(each) < _NEARLY:
        return alone
    by = (next(line.by for line in lines if line.each[place] == most) for place, most in enumerate(each))
    return max(alone, (sum(each) / len(each), " and ".join(dict.fromkeys(by))))


def _alike(word: str, other: str, *, mistakes: bool) -> float:
    if word == other or padded(word) == other:
        return _WHOLE
    if len(word) < PART:
        return 0.0
    if word in other:
        return _BEGINS if other.startswith(word) else _WITHIN
    return _NEARLY if mistakes and len(word) > PART and not is_code(word) and _one_mistake(word, other) else 0.0


def _one_mistake(word: str, other: str) -> bool:
    """Whether it begins the other but for one letter too many, too few or wrong, or two in each other's place."""
    if word[0] not in other[:2] and word[1] not in other[:2]:
        return False  # it is seldom more, and quicker seen
    return any(OSA.distance(word, other[:end], score_cutoff=1) <= 1 for end in (len(word), len(word) + 1))
