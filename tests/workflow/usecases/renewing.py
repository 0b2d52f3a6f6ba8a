"""A library whose mark is renewed, with the worker that prints its certificates."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.journeys import LEAD, Journey
from tests.workflow.engine.going_round import go_on
from tests.worlds import world_with
from workflow.store.history.renewals import renewals
from workflow.store.tables.certificate import Certificate
from workflow.usecases import certificates

TERMS = 'valid_for = "2 years"'
SUPERSEDED = (TERMS, TERMS + '\nearlier = "superseded"')
SUPERSEDE = """
[[move]]
of = "certificate"
verb = "supersede"
title = "Replace"
done = "Replaced"
from = "issued"
to = "superseded"
by = ["lead_advisor"]
reasons = { name = "the name was wrong" }

"""
BELOW = "# --- What time does"
REPLACED = (BELOW, SUPERSEDE + BELOW)


class Renewing:
    """A library that holds the mark, with the worker that prints its certificates."""

    def __init__(self, journey: Journey, folder: Path) -> None:
        self.journey, self.world = journey, world_with(journey.store, mail_server(f"maildir:{folder}/mail"))
        self.go_on()

    def go_on(self) -> None:
        """Through one round, to the certificate at its end."""
        go_on(self.journey)
        self.work()

    def work(self) -> None:
        self.journey.now += timedelta(minutes=1)
        pass_once(self.world, self.journey.now)

    def renew(self) -> None:
        self.journey.now += timedelta(days=700)
        self.journey.fire("come_again", LEAD)
        self.go_on()

    def reissue(self, which: int) -> None:
        serial = self.held()[which].serial
        self.journey._do(certificates.reissue, serial, reason="name", name="Elowen M. Trewin", actor=LEAD)
        self.work()

    def held(self) -> list[Certificate]:
        with self.journey.store.reading() as session:
            return list(session.scalars(select(Certificate).order_by(Certificate.id)))

    def statuses(self) -> list[str]:
        return [one.status for one in self.held()]

    def renews(self) -> list[str | None]:
        """For each certificate the number of the one that it renews."""
        with self.journey.store.reading() as session:
            found = renewals(session, self.journey.id)
        named = [found[one.serial].before if one.serial in found else None for one in self.held()]
        return [one and one.serial for one in named]
