"""The ten questions that begin a new offer, as the console asks them: each until its answer can be used."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from workflow.errors import BadInput
from workflow.offer.making.answers import agree_so_far

Given = Mapping[str, Any]
_LONGEST_CODE = 31
_ANSWERS = {"yes": True, "y": True, "no": False, "n": False}


def _named(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(one for part in text.split(",") if (one := part.strip()))


def _yes(text: str) -> bool:
    answer = _ANSWERS.get(text.strip().lower())
    if answer is None:
        raise click.UsageError("Write yes or no.")
    return answer


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise click.UsageError(f"“{text}” is not a whole number. Write one in figures, such as 3.") from None


def _nothing(_given: Given, _today: date) -> str | None:
    return None


def _always(text: str) -> Callable[[Given, date], str]:
    return lambda _given, _today: text


def _short_name(given: Given, _today: date) -> str | None:
    words = re.sub("[^a-z0-9]+", "-", str(given["title"]).lower()).lstrip("-0123456789")
    return words[:_LONGEST_CODE].strip("-") or None


def _this_month(_given: Given, today: date) -> str:
    return f"{today:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Question:
    """`offered` is taken where nothing is typed. Some are of people, and not asked where nobody takes part."""

    key: str
    asks: str
    understood: Callable[[str], Any] = str
    offered: Callable[[Given, date], str | None] = _nothing
    of_people: bool = False

    def is_open(self, given: Given) -> bool:
        return self.key not in given and (not self.of_people or bool(given["phases"]))

    def ask(self, given: Given, today: date) -> Any:
        offered = self.offered(given, today)
        return click.prompt(
            self.asks, default=offered, show_default=bool(offered), value_proc=self._agreed, prompt_suffix=" "
        )

    def _agreed(self, typed: str) -> Any:
        """Raises UsageError, upon which it is asked again."""
        answer = self.understood(typed)
        try:
            agree_so_far({self.key: answer})
        except BadInput as mistakes:
            raise click.UsageError(" ".join(one.sentence for one in mistakes.problems)) from None
        return answer


#: The provider is asked for only where neither the installation nor an offer in it says it.
QUESTIONS = (
    Question("provider", "Whose offer is it, as schools read it?"),
    Question("title", "1. What is the offer called, as schools read it?"),
    Question("code", "2. A short name for it, in small letters?", offered=_short_name),
    Question("version", "3. The year and the month from which it is sold?", offered=_this_month),
    Question("price", "4. What does a school pay for it, in pounds (0 if nothing)?"),
    Question(
        "phases",
        "5. In which phases do people take part by name? With commas between; nothing if nobody does.",
        _named,
        _always(""),
    ),
    Question("meetings", "6. How many meetings are there on the way, from 0 to 6?", _number),
    Question("evidence", "7. Does each person send in evidence (yes or no)?", _yes, _always("no"), of_people=True),
    Question("visited", "8. Does somebody visit the school at the end, and judge (yes or no)?", _yes, _always("no")),
    Question("certificate", "9. Does each person get a certificate (yes or no)?", _yes, _always("no"), of_people=True),
    Question(
        "lapse_after",
        "10. After how many school days without an answer does a journey lapse (0 if never)?",
        _number,
        _always("40"),
    ),
)
