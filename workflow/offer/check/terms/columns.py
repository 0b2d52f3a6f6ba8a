"""Columns of a file that comes in: each name means one thing. Pure."""

from collections.abc import Iterator

from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer
from workflow.offer.page_table import PageTable

#: What stands in the cells of one column, and heads none.
_CELLS = "products"


def columns(offer: Offer) -> Iterator[Finding]:
    for title, table in (("purchases", offer.imports.purchases), ("staff", offer.imports.staff)):
        if table is not None:
            yield from _claimed_twice(title, table)


def _claimed_twice(title: str, table: PageTable) -> Iterator[Finding]:
    claimed: dict[str, str] = {}
    for key, names in ((key, names) for key, names in table if key != _CELLS):
        for name in names:
            first = claimed.setdefault(name.strip().casefold(), key)
            if first != key:
                yield Finding(
                    f"The column “{name}” of {title} is read as {first} and as {key}. Leave it to one of them.",
                    table,
                    key,
                )
