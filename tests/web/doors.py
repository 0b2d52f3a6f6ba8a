"""The five doors by which a person's name and address come in, each knocked at with one pair and left as it was."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config.settings import Settings
from tests.journeys import Journey
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from web.cli.console import recognition
from web.cli.context import CliContext
from workflow.domain.actor import SYSTEM
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.orders.sold import sold_by
from workflow.imports.purchases import import_purchases
from workflow.imports.sheet import Sheet, read
from workflow.imports.staff import import_staff
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant

_ORDERS = ("Order number", "Service", "School URN", "Net price", "Order date", "Contact name", "Contact email")
_PRODUCT = "Mentoring, coaching and leadership recognition framework"


class Answer(NamedTuple):
    """Who was kept, or the sentence that says why nobody was."""

    name: str = ""
    email: str = ""
    said: str = ""


Door = Callable[[str, str], Answer]


class _LeftAsItWas(Exception):
    """Raised so that nothing of what was tried stays."""


@dataclass(frozen=True)
class Files:
    """The two doors for files."""

    store: Store
    engagement_id: int
    now: datetime

    def staff_list(self, name: str, email: str) -> Answer:
        def bring_in(session: Session) -> tuple[ImportReport, Answer]:
            sheet = _sheet(("Name", "Email"), (name, email))
            report = import_staff(session, self.engagement_id, sheet, actor=SYSTEM, now=self.now, mode=Mode.WHOLE)
            kept = session.scalar(select(Participant))
            return report, Answer(kept.name, kept.email) if kept else Answer()

        return self._tried(bring_in)

    def order(self, name: str, email: str) -> Answer:
        def bring_in(session: Session) -> tuple[ImportReport, Answer]:
            sheet = _sheet(_ORDERS, ("SFS-9", _PRODUCT, "900001", "265", "01/10/2025", name, email))
            report = import_purchases(session, sold_by(session), sheet, actor=SYSTEM, now=self.now, mode=Mode.WHOLE)
            kept = session.scalar(select(Engagement).where(Engagement.order_number == "SFS-9"))
            return report, Answer(kept.lead_name, kept.lead_email) if kept else Answer()

        return self._tried(bring_in)

    def _tried(self, bring_in: Callable[[Session], tuple[ImportReport, Answer]]) -> Answer:
        answer = Answer()
        try:
            with self.store.writing() as session:
                report, answer = bring_in(session)
                if report.problems:
                    answer = Answer(said=" ".join(map(str, report.problems)))
                raise _LeftAsItWas
        except _LeftAsItWas:
            return answer


def _sheet(header: tuple[str, ...], row: tuple[str, ...]) -> Sheet:
    text = io.StringIO()
    csv.writer(text).writerows([header, row])
    return read(io.BytesIO(text.getvalue().encode()), "list.csv", limit=100_000)


@dataclass(frozen=True)
class Typing:
    """The three doors that people type at. Whoever was kept gets another address, so that the next may have it."""

    journey: Journey

    def at_page(self, visitor: Visitor, page: str, form: str) -> Door:
        hidden = visitor.open(page).fields(f'action="{form}"')

        def knock(name: str, email: str) -> Answer:
            typed = {"version": str(self.journey.row.version), "name": name, "email": email, "phase": "1"}
            visitor.post(form, hidden | typed)
            return self._kept() if visitor.answer.status_code == 303 else Answer(said=visitor.words)

        return knock

    def at_console(self, home: Path, now: datetime) -> Door:
        cli, environment = CliContext(lambda: now), {"RECOGNITION_HOME": str(home)}
        vars(cli)["store"] = self.journey.store

        def knock(name: str, email: str) -> Answer:
            words = ["participant", "nominate", self.journey.reference, "--as", "system", "--", name, email]
            done = CliRunner(env=environment).invoke(recognition, words, obj=cli)
            return self._kept() if done.exit_code == 0 else Answer(said=done.output)

        return knock

    def _kept(self) -> Answer:
        with self.journey.store.writing() as session:
            newest = session.scalars(select(Participant).order_by(Participant.id.desc())).first()
            assert newest is not None
            answer, another = Answer(newest.name, newest.email), f"number.{newest.id}@example.net"
            session.execute(update(Participant).where(Participant.id == newest.id).values(email=another))
            return answer


def five(app: Flask, settings: Settings, journey: Journey) -> dict[str, Door]:
    """All of them, at one engagement with places for everybody."""
    with journey.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == journey.id).values(places=10_000))
    case, typing = f"/advisor/engagement/{journey.reference}", Typing(journey)
    files = Files(journey.store, journey.id, journey.now)
    advisor, anybody = Visitor(app).sign_in("advisor.web@example.org"), Visitor(app)
    school = let_in(anybody, journey.reference)
    return {
        "staff list": files.staff_list,
        "order": files.order,
        "advisor's page": typing.at_page(advisor, f"{case}/people", f"{case}/people/nominate"),
        "school's page": typing.at_page(anybody, f"{school}/people", f"{school}/nominate"),
        "console": typing.at_console(settings.home, journey.now),
    }
