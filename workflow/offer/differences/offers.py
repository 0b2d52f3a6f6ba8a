"""What one offer says otherwise than another, from its terms to its calendar, in sentences. Pure."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from workflow.calendar.working_days import Calendar
from workflow.offer.definition import Offer
from workflow.offer.differences.phrases import called
from workflow.offer.differences.said import said
from workflow.offer.differences.tables import changes, rows
from workflow.offer.terms import StaffColumns
from workflow.offer.triggers import Transition

_EVERY_STAGE = "every stage"
_ROWS = ("phases", "promises", "stages", "appointments", "transitions", "moves", "timers")


class Designs(NamedTuple):
    """What the files say in which the certificates are drawn; an offer knows only where its own is."""

    before: bytes = b""
    after: bytes = b""


ALIKE = Designs()


def differences(before: Offer, after: Offer, designs: Designs = ALIKE) -> list[str]:
    """Nothing when both say the same."""
    return [
        *changes("", before.offer, after.offer),
        *changes("", before.policy, after.policy),
        *(one for table in _ROWS for one in rows(_table(before, table), _table(after, table))),
        *_certificates(before, after, designs),
        *rows(tuple(before.emails.values()), tuple(after.emails.values())),
        *changes("the import of purchases", before.imports.purchases, after.imports.purchases),
        *_staff(before.imports.staff, after.imports.staff),
        *_calendar(before.calendar, after.calendar),
    ]


def _table(offer: Offer, name: str) -> tuple[Any, ...]:
    """A verb for every stage stays one when there are more stages, or fewer."""
    table: tuple[Any, ...] = getattr(offer, name)
    return tuple(
        _anywhere(one) if isinstance(one, Transition) and {*offer.stage} <= {*one.from_} else one for one in table
    )


def _anywhere(one: Transition) -> Transition:
    return one.model_copy(update={"from_": (_EVERY_STAGE,)})


def _staff(was: StaffColumns | None, now: StaffColumns | None) -> Iterator[str]:
    if was is not None and now is not None:
        yield from changes("the import of staff", was, now)
    elif was is not None or now is not None:
        yield "People take part by name now." if now is not None else "Nobody takes part by name any more."


def _certificates(before: Offer, after: Offer, designs: Designs) -> Iterator[str]:
    was, now = before.certificate, after.certificate
    if was is not None and now is not None:
        yield from changes("the certificate", was, now)
    elif was is not None or now is not None:
        yield "There are certificates now." if now is not None else "There are no certificates any more."
    drawn = (before.certificate_template is None, after.certificate_template is None)
    if was is not None and now is not None and (designs.before != designs.after or drawn[0] != drawn[1]):
        yield "Certificates are drawn otherwise."


def _calendar(before: Calendar, after: Calendar) -> Iterator[str]:
    yield from rows(before.terms, after.terms)
    yield from rows(before.closures, after.closures)
    yield from rows(before.own_closures, after.own_closures)
    if before.holidays != after.holidays:
        yield "The bank holidays are others now."
    told = ("terms", "closures", "own_closures", "holidays")
    for name in (one.name for one in fields(Calendar) if one.compare and one.name not in told):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"The {called(name)} is now {said(now)} instead of {said(was)}."
