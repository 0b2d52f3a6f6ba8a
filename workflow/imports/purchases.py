"""Orders from the portal's export: read, checked against the register of schools, and accepted.

Which columns mean what is the offer's to say. A wrong price or a closed school is no fault of the file, so it is let
in and the guards of the journey say it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.calendar.local_time import local_day
from workflow.domain.actor import Actor
from workflow.english import count_of, day_in_words, listed
from workflow.imports import cells, people
from workflow.imports.cells import Noted
from workflow.imports.findings import Findings, ImportReport, Mode
from workflow.imports.orders.sold import Sold, plain
from workflow.imports.sheet import Sheet
from workflow.imports.table import Row
from workflow.offer.definition import Offer
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.usecases import purchases
from workflow.usecases.purchases import Order

_STATUS = ("Status", "Order status", "Payment status")
_CALLED_OFF = ("cancelled", "canceled", "refunded")
_MIDDAY = time(12)
_SERVICES_SHOWN = 3
#: Told how many of how many orders are begun.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Orders:
    """What an export holds: orders nobody has seen before, each with its offer, and what was found on the way."""

    new: tuple[tuple[Offer, Order], ...]
    found: Findings


def import_purchases(
    session: Session,
    sold: Sold,
    sheet: Sheet,
    *,
    actor: Actor,
    now: datetime,
    mode: Mode,
    told: Progress | None = None,
) -> ImportReport:
    """Begins one engagement for each new order."""
    orders = read_orders(session, sold, sheet, now)
    report = orders.found.report("order", added=len(orders.new), changed=0, mode=mode)
    begun: list[tuple[int, int]] = []
    for number, (offer, order) in enumerate(orders.new if report.written else (), 1):
        outcome = purchases.accept(session, offer, order, actor=actor, now=now)
        begun.append((outcome.engagement_id, outcome.version))
        if told:
            told(number, len(orders.new))
    return replace(report, trace={"engagements": begun}) if begun else report


def read_orders(session: Session, sold: Sold, sheet: Sheet, now: datetime) -> Orders:
    """Writes nothing. Raises BadInput if the table cannot be read at all."""
    reader = _Reader(session, sold, sheet, now)
    new = [order for row in sheet if (order := reader.order(row))]
    reader.say_what_was_left_out()
    return Orders(tuple(new), reader.found)


class _Reader:
    """One export being read."""

    def __init__(self, session: Session, sold: Sold, sheet: Sheet, now: datetime) -> None:
        self.found = Findings(sheet)
        self._sold, self._now = sold, now
        self._columns = sheet.columns(sold.wanted)
        self._status = sheet.find(_STATUS)
        self._other_services: dict[str, int] = {}
        self._schools = set(session.scalars(select(School.urn)))
        self._begun = {code: _references(session, code) for code in sold.codes}
        self._rows: dict[tuple[str, str], int] = {}

    def order(self, row: Row) -> tuple[Offer, Order] | None:
        """None for a row that is not ours, is known already, or cannot be used."""
        if not self.found.fits(row):
            return None
        code = self._seller(row)
        if code is None or self._is_called_off(row, code):
            return None
        order = self._read(row, code)
        offer = self._version(row, code, order) if order else None
        return (offer, order) if offer and order else None

    def _version(self, row: Row, code: str, order: Order) -> Offer | None:
        """That of the day on which it was ordered."""
        day = self._sold.newest(code).calendar.local_day(order.ordered_at)
        offer = self._sold.on(code, row.text(self._columns["product"]), day)
        if offer is None:
            first = self._sold.first_day(code)
            since = f" before {day_in_words(first)}" if first else ""
            self.found.add(
                row, self._columns["ordered_on"], f"nobody could order this{since}; correct the day, or leave it out."
            )
        return offer

    def _read(self, row: Row, code: str) -> Order | None:
        before, columns, found = len(self.found.problems), self._columns, self.found
        number = found.cell(row, columns["order"], lambda text: self._number(row, code, text))
        urn = found.cell(row, columns["urn"], self._school)
        price = found.cell(row, columns["price"], cells.price)
        ordered_at = found.cell(row, columns["ordered_on"], lambda text: self._moment(code, text))
        name = found.cell(row, columns["lead_name"], lambda text: people.name(text, "The school lead's name"))
        email = found.cell(row, columns["lead_email"], people.address)
        if number is None or urn is None or price is None or ordered_at is None or name is None or email is None:
            return None
        if self._is_begun(row, code, number):
            return None
        return Order(number, urn, price, ordered_at, name, email) if len(found.problems) == before else None

    def _is_begun(self, row: Row, code: str, number: str) -> bool:
        known, begun = self._begun[code].get(cells.order_key(number), ("", ""))
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
            expected = listed([f"“{name}”" for name in self._sold.products], "or")
            which = "this offer; its rows say" if len(self._sold.codes) == 1 else "any offer; their rows say"
            self.found.notes.append(f"No row is for {which} {expected}.")

    def _seller(self, row: Row) -> str | None:
        """The code of the one offer that calls the product its own."""
        service = row.text(self._columns["product"])
        sellers = self._sold.sellers(service)
        if not sellers:
            self.found.ignored += 1
            self._other_services[service] = self._other_services.get(service, 0) + 1
        elif len(sellers) > 1:
            self.found.add(row, self._columns["product"], f"{listed(sellers)} all sell this; say which offer is meant.")
        return sellers[0] if len(sellers) == 1 else None

    def _is_called_off(self, row: Row, code: str) -> bool:
        status = row.text(self._status) if self._status else ""
        if plain(status) not in _CALLED_OFF:
            return False
        number = row.text(self._columns["order"])
        _, begun = self._begun[code].get(cells.order_key(number), ("", ""))
        self.found.ignored += 1
        self.found.note(
            row,
            f"order {number} is {status.lower()}, so it was left out."
            + (f" It began {begun}, which goes on until a lead advisor cancels it." if begun else ""),
        )
        return True

    def _number(self, row: Row, code: str, text: str) -> str | Noted[str]:
        found = cells.order_number(text)
        number = found.value if isinstance(found, Noted) else found
        first = self._rows.setdefault((code, cells.order_key(number)), row.number)
        if first != row.number:
            raise ValueError(f"order {number} stands in row {first} too; keep one of them.")
        return found

    def _school(self, text: str) -> str:
        urn = cells.urn(text)
        if urn not in self._schools:
            raise ValueError(f"there is no school {urn}. Correct the URN, or import the register of schools first.")
        return urn

    def _moment(self, code: str, text: str) -> datetime | Noted[datetime]:
        found, zone = cells.day(text), self._sold.newest(code).calendar.zone
        if isinstance(found, Noted):
            return Noted(self._midday(found.value, zone), found.note)
        return self._midday(found, zone)

    def _midday(self, day: date, zone: ZoneInfo) -> datetime:
        """Midday of the day, local time: the same day in every zone; not later than now. Raises ValueError."""
        if day > local_day(self._now, zone):
            raise ValueError(f"{day_in_words(day)} has not come yet.")
        return min(datetime.combine(day, _MIDDAY, zone).astimezone(UTC), self._now)


def _references(session: Session, code: str) -> dict[str, tuple[str, str]]:
    """The orders of this offer as they were written then, and the engagement that each began."""
    rows = session.execute(
        select(Engagement.order_number, Engagement.reference).where(
            Engagement.offer_code == code, Engagement.order_number.is_not(None)
        )
    )
    return {cells.order_key(str(number)): (str(number), reference) for number, reference in rows}
