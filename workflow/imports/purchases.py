"""Orders from the portal's export: read, checked against the register of schools, and accepted.

Which columns mean what is the offer's to say. A wrong price or a closed school is no fault of the file, so it is let
in and the guards of the journey say it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import local_day
from workflow.domain.actor import Actor
from workflow.english import count_of, day_in_words, listed
from workflow.imports import cells, people
from workflow.imports.cells import Noted
from workflow.imports.findings import Findings, ImportReport, Mode
from workflow.imports.sheet import Sheet
from workflow.imports.table import Row
from workflow.offer.definition import Offer
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.usecases import purchases
from workflow.usecases.purchases import Order

WANTED = ("order", "product", "urn", "price", "ordered_on", "lead_name", "lead_email")
_STATUS = ("Status", "Order status", "Payment status")
_CALLED_OFF = ("cancelled", "canceled", "refunded")
_MIDDAY = time(12)
_SERVICES_SHOWN = 3
#: Told how many of how many orders are begun.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Orders:
    """What an export holds: orders nobody has seen before, and what was found on the way."""

    new: tuple[Order, ...]
    found: Findings


def import_purchases(
    session: Session,
    offer: Offer,
    sheet: Sheet,
    *,
    actor: Actor,
    now: datetime,
    mode: Mode,
    told: Progress | None = None,
) -> ImportReport:
    """Begins one engagement for each new order."""
    orders = read_orders(session, offer, sheet, now)
    report = orders.found.report("order", added=len(orders.new), changed=0, mode=mode)
    begun: list[tuple[int, int]] = []
    for number, order in enumerate(orders.new if report.written else (), 1):
        outcome = purchases.accept(session, offer, order, actor=actor, now=now)
        begun.append((outcome.engagement_id, outcome.version))
        if told:
            told(number, len(orders.new))
    return replace(report, trace={"engagements": begun}) if begun else report


def read_orders(session: Session, offer: Offer, sheet: Sheet, now: datetime) -> Orders:
    """Writes nothing. Raises BadInput if the table cannot be read at all."""
    reader = _Reader(session, offer, sheet, now)
    new = [order for row in sheet if (order := reader.order(row))]
    reader.say_what_was_left_out()
    return Orders(tuple(new), reader.found)


class _Reader:
    """One export being read."""

    def __init__(self, session: Session, offer: Offer, sheet: Sheet, now: datetime) -> None:
        names = offer.imports.purchases
        self.found = Findings(sheet)
        self._offer, self._now = offer, now
        self._columns = sheet.columns({what: getattr(names, what) for what in WANTED})
        self._status = sheet.find(_STATUS)
        self._products = {_plain(product) for product in names.products}
        self._other_services: dict[str, int] = {}
        self._schools = set(session.scalars(select(School.urn)))
        self._begun = _references(session, offer)
        self._rows: dict[str, int] = {}

    def order(self, row: Row) -> Order | None:
        """None for a row that is not ours, is known already, or cannot be used."""
        if not self.found.fits(row) or self._is_other(row) or self._is_called_off(row):
            return None
        before, columns, found = len(self.found.problems), self._columns, self.found
        number = found.cell(row, columns["order"], lambda text: self._number(row, text))
        urn = found.cell(row, columns["urn"], self._school)
        price = found.cell(row, columns["price"], cells.price)
        ordered_at = found.cell(row, columns["ordered_on"], self._moment)
        name = found.cell(row, columns["lead_name"], lambda text: people.name(text, "The school lead's name"))
        email = found.cell(row, columns["lead_email"], people.address)
        if number is None or urn is None or price is None or ordered_at is None or name is None or email is None:
            return None
        if self._is_begun(row, number):
            return None
        return Order(number, urn, price, ordered_at, name, email) if len(found.problems) == before else None

    def _is_begun(self, row: Row, number: str) -> bool:
        known, begun = self._begun.get(cells.order_key(number), ("", ""))
        self.found.unchanged += bool(begun)
        if begun and known != number:
            self.found.note(row, f"order {number} is order {known}, which began {begun}.")
        return bool(begun)

    def say_what_was_left_out(self) -> None:
        others = sum(self._other_services.values())
        if others:
            names = [f"“{name}”" for name in list(self._other_services)[:_SERVICES_SHOWN]]
            self.found.notes.append(f"{count_of(others, 'row')} for other services left out, such as {listed(names)}.")
        if others and others == self.found.rows:
            expected = listed([f"“{name}”" for name in self._offer.imports.purchases.products], "or")
            self.found.notes.append(f"No row is for this offer; its rows say {expected}.")

    def _is_other(self, row: Row) -> bool:
        service = row.text(self._columns["product"])
        if _plain(service) in self._products:
            return False
        self.found.ignored += 1
        self._other_services[service] = self._other_services.get(service, 0) + 1
        return True

    def _is_called_off(self, row: Row) -> bool:
        status = row.text(self._status) if self._status else ""
        if _plain(status) not in _CALLED_OFF:
            return False
        number = row.text(self._columns["order"])
        _, begun = self._begun.get(cells.order_key(number), ("", ""))
        self.found.ignored += 1
        self.found.note(
            row,
            f"order {number} is {status.lower()}, so it was left out."
            + (f" It began {begun}, which goes on until a lead advisor cancels it." if begun else ""),
        )
        return True

    def _number(self, row: Row, text: str) -> str | Noted[str]:
        found = cells.order_number(text)
        number = found.value if isinstance(found, Noted) else found
        first = self._rows.setdefault(cells.order_key(number), row.number)
        if first != row.number:
            raise ValueError(f"order {number} stands in row {first} too; keep one of them.")
        return found

    def _school(self, text: str) -> str:
        urn = cells.urn(text)
        if urn not in self._schools:
            raise ValueError(f"there is no school {urn}. Correct the URN, or import the register of schools first.")
        return urn

    def _moment(self, text: str) -> datetime | Noted[datetime]:
        found = cells.day(text)
        return Noted(self._midday(found.value), found.note) if isinstance(found, Noted) else self._midday(found)

    def _midday(self, day: date) -> datetime:
        """Midday of the day, local time: the same day in every zone; not later than now. Raises ValueError."""
        zone = self._offer.calendar.zone
        if day > local_day(self._now, zone):
            raise ValueError(f"{day_in_words(day)} has not come yet.")
        return min(datetime.combine(day, _MIDDAY, zone).astimezone(UTC), self._now)


def _references(session: Session, offer: Offer) -> dict[str, tuple[str, str]]:
    """The orders of this offer as they were written then, and the engagement that each began."""
    rows = session.execute(
        select(Engagement.order_number, Engagement.reference).where(
            Engagement.offer_code == offer.offer.code, Engagement.order_number.is_not(None)
        )
    )
    return {cells.order_key(str(number)): (str(number), reference) for number, reference in rows}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
