"""Many letters past receivers that do everything receivers do: all others arrive once, in order, and hardly later."""

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from email import message_from_bytes
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import select, update

from config.settings import OFFERS
from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tests.conftest import NOW
from tests.journeys import furnish
from tests.keys import keys
from tests.moody_server import Moods, moody_server
from tests.records import Originals, Place
from tests.suite_size import SIZE
from tests.worlds import world_with
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.health.setback import Setback
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import purchases

READING = Path(__file__).parents[1] / "data" / "offers" / "reading-2026-01"
#: How many letters go wrong in each way.
OF_EACH = SIZE.letters // 100
MOODS = ("later, gone", "later, gone once seen", "later, closing", "drips")
REFUSED = "refused@example.org"
#: How many seconds a receiver is waited for. The first that drips is waited for, however fast everything else is.
PATIENCE = 1.5


@dataclass
class Crowd:
    """A record whose engagements all owe letters, in the order of their numbers."""

    store: Store
    moods: Moods

    def __post_init__(self) -> None:
        """Each order owes two letters: one to the school, one to the council."""
        furnish(self.store, NOW)
        with self.store.writing() as session:
            known: Catalogue = session.info["offers"]
            for number in range(SIZE.letters // 2):
                offer = known.latest("reading" if number < OF_EACH else "mentoring")
                order = purchases.Order(f"B-{number}", "900001", Decimal(265), NOW, "Jenna", f"s{number}@example.org")
                purchases.accept(session, offer, order, actor=SYSTEM, now=NOW)

    def spoil(self) -> None:
        """Spread over all of them, after those whose sender is refused."""
        ways = [*MOODS, "strange", "unbuildable"] * OF_EACH
        step = (SIZE.letters // 2 - OF_EACH) // len(ways)
        with self.store.writing() as session:
            for place, way in enumerate(ways):
                number = OF_EACH + place * step
                own = Engagement.order_number == f"B-{number}"
                if way == "strange":
                    session.execute(update(Engagement).where(own).values(lead_email=f"s{number}-ü@example.org"))
                elif way == "unbuildable":
                    of = Event.engagement_id.in_(select(Engagement.id).where(own))
                    session.execute(update(Event).where(of).values(to_stage="nowhere"))
                else:
                    self.moods.readers[f"s{number}@example.org"] = way
        self.moods.senders = {REFUSED}

    def deliver(self, url: str) -> tuple[int, float]:
        """How many letters arrived whose receivers behave, and how many seconds that took."""
        world = replace(world_with(self.store, mail_server(url, PATIENCE)), patience=timedelta(seconds=PATIENCE))
        start = time.monotonic()
        deliver_due(world, lambda: NOW)
        times = zip(self.moods.received, self.moods.at, strict=True)
        good = [at for one, at in times if not self.moods.readers.keys() & set(one.rcpt_tos)]
        return len(good), max(good) - start

    def left(self) -> Counter[tuple[str, str]]:
        """What was not sent, by its status and the first words of its trouble."""
        with self.store.reading() as session:
            rows = session.scalars(select(OwedEffect).where(OwedEffect.status != "done"))
            return Counter((one.status, " ".join(one.trouble.split()[:5])) for one in rows)


@pytest.fixture
def offers_of_two(tmp_path: Path) -> Catalogue:
    """The second writes from another address."""
    folder = tmp_path / "offers"
    shutil.copytree(OFFERS, folder)
    shutil.copytree(READING, folder / READING.name)
    page = folder / READING.name / "offer.toml"
    contact = 'contact = "reading@example.org"\n'
    page.write_text(
        page.read_text(encoding="utf-8").replace(contact, f'{contact}sender = "{REFUSED}"\n'), encoding="utf-8"
    )
    return Catalogue(load_offers((folder,)))


@contextmanager
def crowd(place: Place, offers: Catalogue) -> Iterator[tuple[Crowd, str]]:
    moods = Moods(drip=0.2)
    with (
        Originals({"keys": keys, "offers": offers, "hash_cost": "least"}).copy(place) as store,
        moody_server(moods) as url,
    ):
        yield Crowd(store, moods), url


@pytest.mark.unforeseen
def test_all_others_arrive_once_in_order_and_hardly_later(place: Place, offers_of_two: Catalogue) -> None:
    """They take turns, since machines differ from moment to moment."""
    took: dict[str, list[float]] = {"well": [], "ill": []}
    for _ in range(SIZE.rounds):
        with crowd(place, offers_of_two) as (well, url):
            number, seconds = well.deliver(url)
            assert number == SIZE.letters
            took["well"].append(seconds)
        with crowd(place, offers_of_two) as (ill, url):
            ill.spoil()
            good, seconds = ill.deliver(url)
            check(ill, good)
            took["ill"].append(seconds)
    usual, among = (median(several) for several in took.values())
    print(
        f"{SIZE.letters} letters in {usual:.2f} s; {good} among {SIZE.letters - good} that go wrong in {among:.2f} s, "
        f"of which one was waited for {PATIENCE} s"
    )
    assert among - PATIENCE < usual / SIZE.rate


def check(ill: Crowd, good: int) -> None:
    bad = OF_EACH * (len(MOODS) + 1)
    assert ill.left() == {
        ("owed", ""): 2 * OF_EACH,
        ("owed", "The mail server broke off:"): 2 * OF_EACH,
        ("owed", "The mail server answered 421:"): OF_EACH,
        ("owed", "The mail server took longer"): OF_EACH,
        ("dead", "The mail server cannot write"): OF_EACH,
        ("dead", "nowhere has no value in"): 2 * OF_EACH,
    }
    assert good == SIZE.letters - bad - 4 * OF_EACH
    numbers = [str(message_from_bytes(one.original_content or b"")["Message-ID"]) for one in ill.moods.received]
    with ill.store.reading() as session:
        kept = session.execute(
            select(SentEmail.message_id, SentEmail.engagement_id).order_by(SentEmail.outbox_id)
        ).all()
        assert session.scalars(select(Setback.name)).all() == [REFUSED]
    assert sorted(numbers) == sorted(row.message_id for row in kept)
    arrived = {number: place for place, number in enumerate(numbers)}
    by_school: dict[int, list[int]] = {}
    for row in kept:
        by_school.setdefault(row.engagement_id, []).append(arrived[row.message_id])
    assert all(places == sorted(places) for places in by_school.values())
