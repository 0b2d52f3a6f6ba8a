"""A school buys: its order comes in with the portal's file, by the page for imports."""

import csv
import io
from datetime import datetime

from playwright.sync_api import FilePayload

from tests.web.journeys.council import CouncilDesk
from workflow.calendar.local_time import local_day
from workflow.offer.definition import Offer

LEAD_NAME, LEAD_EMAIL = "Jenna Rowe", "jenna@polwhevral.example.org"


def order(desk: CouncilDesk) -> str:
    """Brings the file in. Returns the address of the engagement that begins."""
    offer, page = desk.there.offer, desk.page
    desk.go(f"{desk.there.site.url}/advisor/imports?kind=purchases")
    file = FilePayload(name="orders.csv", mimeType="text/csv", buffer=exported(offer, desk.there.clock.now))
    page.set_input_files("#upload-file", file)
    desk.press(page.locator(".app-upload button"))
    desk.press(page.locator("button[name=rows]"))
    desk.confirm()
    desk.go(f"{desk.there.site.url}/advisor/engagements")
    desk.press(page.locator("main table th a, main table td a").first)
    return page.url


def exported(offer: Offer, now: datetime) -> bytes:
    """One order, with the portal's own columns."""
    columns = offer.imports.purchases
    row = {
        columns.order[0]: "B-1",
        columns.product[0]: columns.products[0],
        columns.urn[0]: "900001",
        columns.price[0]: str(offer.offer.price),
        columns.ordered_on[0]: local_day(now, offer.calendar.zone).strftime("%d/%m/%Y"),
        columns.lead_name[0]: LEAD_NAME,
        columns.lead_email[0]: LEAD_EMAIL,
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, row)
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue().encode()
