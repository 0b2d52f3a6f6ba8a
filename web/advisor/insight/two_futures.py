"""Two futures side by side, as figures: what comes in the end, and what comes week by week."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from web.advisor.insight.figure import Figure
from web.charts.lines import lines
from web.charts.rehearsal import week_words
from web.spreadsheets import Cell
from workflow.english import count_of, day_in_words

AS_IT_IS, WHAT_IF = "As it is", "What if"
_Week = Mapping[str, Any]
_Told = Mapping[str, Any]
#: What is held against one another week by week: a word for it, its title, and how it is told.
_LINES: Sequence[tuple[str, str, Callable[[_Week], int]]] = (
    ("certificates-so-far", "Certificates issued so far", lambda week: int(week["certificates"])),
    ("late-council", "Late at the council when the week ends", lambda week: int(week["late"]["council"])),
    ("late-schools", "Late at schools when the week ends", lambda week: int(week["late"]["school"])),
    ("acts", "Things done at the council in a week", lambda week: sum(week["acts"].values())),
    ("emails", "Emails in a week", lambda week: int(week["emails"])),
)
WEEK_HEADS = ("Week of", *(f"{title}: {which}" for _, title, _ in _LINES for which in (AS_IT_IS, WHAT_IF)))


def in_the_end(told: _Told) -> Figure:
    """Of the same words, both numbers and what lies between."""
    if_, is_ = (told[which]["summary"] for which in ("what_if", "as_it_is"))
    certificates = if_["certificates"] - is_["certificates"]
    return Figure(
        "In the end",
        f"{_more_or_fewer(certificates)} by {day_in_words(_last(told))}: {is_['certificates']:,} as it is, and "
        f"{if_['certificates']:,} if it comes as asked.",
        ("What", AS_IT_IS, WHAT_IF, "Difference"),
        [(words[:1].upper() + words[1:], is_[words], if_[words], _signed(if_[words] - is_[words])) for words in is_],
    )


def _more_or_fewer(difference: int) -> str:
    if not difference:
        return "As many certificates"
    return count_of(abs(difference), f"{'more' if difference > 0 else 'fewer'} certificate")


def _signed(difference: int) -> str:
    return f"{difference:+,}".replace("-", "−") if difference else "0"


def week_by_week(told: _Told) -> Iterator[tuple[str, Figure]]:
    """Each by the word in its address."""
    mondays = _mondays(told)
    for name, title, number in _LINES:
        both = {
            AS_IT_IS: [number(week) for week in told["as_it_is"]["weeks"]],
            WHAT_IF: [number(week) for week in told["what_if"]["weeks"]],
        }
        yield (
            name,
            Figure(
                title,
                _in_words(both),
                ("Week of", AS_IT_IS, WHAT_IF),
                [(_short(day), *pair) for day, *pair in zip(mondays, *both.values(), strict=True)],
                lines(week_words(mondays), both),
            ),
        )


def _in_words(both: Mapping[str, Sequence[int]]) -> str:
    is_, if_ = both[AS_IT_IS], both[WHAT_IF]
    apart = sum(one != other for one, other in zip(is_, if_, strict=True))
    if not apart:
        return "Both futures are the same here, week for week."
    return (
        f"They differ in {apart} of {len(is_)} weeks. At most there are {max(is_):,} as it is and {max(if_):,} if it "
        "comes as asked."
    )


def rows(told: _Told) -> Iterator[list[Cell]]:
    """One for each week, under `WEEK_HEADS`."""
    both = zip(_mondays(told), told["as_it_is"]["weeks"], told["what_if"]["weeks"], strict=True)
    for day, is_, if_ in both:
        yield [day, *(cell for _, _, number in _LINES for cell in (number(is_), number(if_)))]


def _mondays(told: _Told) -> list[date]:
    return [date.fromisoformat(week["week"]) for week in told["as_it_is"]["weeks"]]


def _last(told: _Told) -> date:
    return date.fromisoformat(told["until"])


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
