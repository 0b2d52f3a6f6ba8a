"""A fault of a page, and what on the page it is about. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from workflow.offer.definition import Offer
from workflow.offer.source.toml_lines import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` is what the fault stands in, as the offer holds it: a table, a guard, an effect or an email. `key` is the
    key of it, where one alone is wrong, or the placeholder of an email.
    """

    sentence: str
    about: object
    key: str = ""


def place_of(offer: Offer, finding: Finding) -> Place:
    """The way from the top of the offer to what a finding is about."""
    found = next((place for place, one in _everything(offer, ()) if one is finding.about), ())
    return (*found, *filter(None, [finding.key]))


def _everything(here: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Each thing an offer holds, with its place, as the page calls it. Words and numbers have no place of their own."""
    yield place, here
    if isinstance(here, BaseModel):
        for name, about in type(here).model_fields.items():
            yield from _everything(getattr(here, name), (*place, about.alias or name))
    elif isinstance(here, tuple):
        for number, one in enumerate(here):
            yield from _everything(one, (*place, number))
    elif isinstance(here, dict):
        for key, one in here.items():
            yield from _everything(one, (*place, key))
