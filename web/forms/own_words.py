"""Paragraphs that somebody adds to the letters of a step, on the page that asks whether the step is meant."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from workflow.acts.ahead.foreseen import Foreseen
from workflow.acts.ahead.own_paragraphs import read
from workflow.sanitise import tidy

#: What the names of their fields begin with; the name of a letter follows.
FIELD = "paragraph-"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What was typed, as it would go out, and what is wrong with it; each by the name of its letter."""

    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterKind:
    """Letters of one kind that would go out."""

    name: str
    subject: str
    number: int


def own_words(form: MultiDict[str, str]) -> OwnWords:
    typed, wrong = dict[str, str](), dict[str, str]()
    for name, text in form.items():
        if name.startswith(FIELD) and tidy(text):
            letter = name.removeprefix(FIELD)
            typed[letter] = tidy(text)
            try:
                read(text)
            except ValueError as error:
                wrong[letter] = str(error)
    return OwnWords(typed, wrong)


def kinds_of(found: Foreseen) -> list[LetterKind]:
    """Each kind of letter once, in their order, with the subject of the first. One that cannot be
    written has none, and neither has one that belongs to no offer."""
    written = [one for one in found.messages if one.name and not one.trouble]
    first = {one.name: one.subject for one in reversed(written)}
    order = dict.fromkeys(one.name for one in written)
    return [LetterKind(name, first[name], sum(one.name == name for one in written)) for name in order]
