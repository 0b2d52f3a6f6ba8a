"""How an offer looks to its schools, where that is otherwise than its council does: a name and two colours."""

from typing import Annotated

from pydantic import AfterValidator

from workflow.domain.look import Look, colour
from workflow.offer.fields import Text, editors_see
from workflow.offer.page_table import PageTable
from workflow.sanitise import line

#: As long as the council's own name may be, which stands in the same place.
_LONGEST = 80


def _name(text: str) -> str:
    return line(text, "The name", _LONGEST)


def _colour(text: str) -> str:
    try:
        return colour(text)
    except ValueError as error:
        raise ValueError(f"The colour {error}") from None


_Name = Annotated[Text, AfterValidator(_name), editors_see(maxLength=_LONGEST)]
_Colour = Annotated[str, AfterValidator(_colour), editors_see(pattern="^#[0-9A-Fa-f]{6}$")]


class Brand(PageTable):
    """The name and the colours of one offer, on pages of schools and participants, above emails and on certificates.

    Whatever it does not say is as the council has it. White words stand on both colours, so one that is too light for
    them is refused.
    """

    name: _Name | None = None
    """What stands at the head of pages and emails, in place of the council's name."""
    header: _Colour | None = None
    """The ground that the name stands on, written `#12284c`."""
    accent: _Colour | None = None
    """Buttons and links, likewise."""

    def over(self, council: Look) -> Look:
        """The council's look, but for what is said here."""
        return Look(self.name or council.name, self.header or council.header, self.accent or council.accent)
