"""What an act asks for, typed, with the words in which pages and console ask for it. Pure.

A page and the console each have one reader for each of these types; an act only lists them. `label` and `hint` stand
beside the field on a page; words in braces, such as `{name}`, are the page's to fill in. `ask` is what it says where
nothing was typed; a field without it may be left out. `own_label` and `own` are said to a school or to the person
themselves instead. `typed` is the field's name in the page's form where that is not the value's own. A field that says
nothing about the console is not asked for there.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal

from workflow.domain.email_address import email_address
from workflow.domain.person_name import NAME_LIMIT, person_name
from workflow.sanitise import block, line

#: The yes of somebody who means it whatever may be unusual about it.
ANYTHING = "anything"
Choices = Callable[[Any, Mapping[str, Any]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Argument:
    """A word of the command itself, by the name that its help gives it."""

    metavar: str


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the command. One that is not `required` gives `default`."""

    flag: str
    help: str
    metavar: str | None = None
    default: Any = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    _: KW_ONLY
    label: str = ""
    own_label: str = ""
    hint: str = ""
    ask: str = ""
    own: str = ""
    typed: str = ""
    console: Argument | Option | None = None

    @property
    def form_name(self) -> str:
        return self.typed or self.name

    @property
    def kind(self) -> str:
        """What a template draws it by: `line`, `block`, `day`."""
        return type(self).__name__.lower()


@dataclass(frozen=True, slots=True)
class Line(Field):
    """One line of text. `what` is what sentences about it call it; `width` is how many letters fit on a page."""

    what: str = ""
    limit: int = 120
    width: int = 0

    def clean(self, text: str) -> str:
        """Raises ValueError."""
        return line(text, self.what, self.limit)


@dataclass(frozen=True, slots=True)
class PersonName(Line):
    """The name of somebody who may hold a certificate."""

    what: str = "The name"
    limit: int = NAME_LIMIT

    def clean(self, text: str) -> str:
        """Raises ValueError."""
        return person_name(text, self.what)


@dataclass(frozen=True, slots=True)
class Block(Field):
    """Several lines of text; None where nothing was typed and nothing has to be."""

    what: str = ""
    limit: int = 4000

    def clean(self, text: str) -> str:
        """Raises ValueError."""
        return block(text, self.what, self.limit)


@dataclass(frozen=True, slots=True)
class Email(Field):
    """An address, in small letters."""

    def clean(self, text: str) -> str:
        """Raises ValueError."""
        return email_address(text)


@dataclass(frozen=True, slots=True)
class Reference(Field):
    """Another engagement, by its reference."""

    width: int = 10


@dataclass(frozen=True, slots=True)
class Day(Field):
    """A date."""


@dataclass(frozen=True, slots=True)
class Moment(Field):
    """A day and a time, typed as local time and given in UTC."""


@dataclass(frozen=True, slots=True)
class Moments(Field):
    """Several of them; the first is needed."""


@dataclass(frozen=True, slots=True)
class Number(Field):
    """A whole number that stands for a row, such as one of the dates on offer."""


@dataclass(frozen=True, slots=True)
class Phase(Field):
    """The number of one of the offer's phases."""


@dataclass(frozen=True, slots=True)
class Advisor(Field):
    """Somebody who may look after schools, by address."""


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of some words. `among` says which, from the occasion and the values before it; nothing is asked where there
    are none. `shown` is how a page lets people choose."""

    _: KW_ONLY
    among: Choices
    shown: Literal["list", "buttons"] = "list"


@dataclass(frozen=True, slots=True)
class Purpose(Field):
    """What a date is for: `catch_up`, or None to let it follow from what was before."""


@dataclass(frozen=True, slots=True)
class Anyway(Field):
    """A yes to what is unusual: the sentence that told it, or a word for whatever it may be. Asked for when it is."""


@dataclass(frozen=True, slots=True)
class Again(Field):
    """A yes to sending again what came back from a wrong address. Asked for where something did."""


@dataclass(frozen=True, slots=True)
class Marks(Field):
    """Who was there: a mark for each address on the register."""


@dataclass(frozen=True, slots=True)
class People(Field):
    """Some of those who take part and missed the meeting, by address."""


@dataclass(frozen=True, slots=True)
class EntryBasis(Field):
    """What a phase rests on, or None."""


@dataclass(frozen=True, slots=True)
class Pieces(Field):
    """Words and files for each criterion that is open."""


@dataclass(frozen=True, slots=True)
class Decisions(Field):
    """Met or not yet met, for each criterion that waits for a review."""
