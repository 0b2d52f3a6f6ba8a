"""One engagement and one offer folder broken by hand among many: all others move on, and everybody is told which."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from config.settings import OFFERS, Settings
from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.conftest import NOW
from tests.journeys import furnish
from tests.keys import keys
from tests.records import Originals, Place
from tests.web.visitor import PASSWORD, Visitor
from tests.worlds import world_with
from web.application import create_app
from web.cli.context import CliContext
from web.cli.operations import health_checks
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.queries.lists.engagement_list import every
from workflow.queries.lists.wanted import Wanted
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases import purchases
from workflow.usecases.accounts import members

READING = Path(__file__).parent / "data" / "offers" / "reading-2026-01"
MANY = 200
#: By then every one of them has had a timer.
LATER = datetime(2026, 2, 2, 10, tzinfo=NOW.tzinfo)


@dataclass
class Home:
    """A record with its offers' folders, as the programs that were started last know them."""

    url: str
    offers: Path
    settings: Settings

    def open(self) -> Store:
        catalogue = Catalogue(load_offers((self.offers,)))
        return Store(self.url, {"keys": keys, "offers": catalogue, "hash_cost": "least"})


@pytest.fixture
def home(place: Place, originals: Originals, tmp_path: Path) -> Iterator[Home]:
    """Half of the engagements have one offer, half another."""
    offers = tmp_path / "offers"
    for folder in (OFFERS / "mentoring-2026-09", READING):
        shutil.copytree(folder, offers / folder.name)
    with originals.copy(place) as empty:
        url = empty.engine.url.render_as_string(hide_password=False)
        settings = Settings(
            home=tmp_path,
            database_url=url,
            broker_url="filesystem://",
            mail_url=f"maildir:{tmp_path / 'mail'}",
            offers=offers,
            secret_key="s" * 40,
            second_factor=(),
        )
        home = Home(url, offers, settings)
        yield furnished(home)


def furnished(home: Home) -> Home:
    store = home.open()
    furnish(store, NOW)
    with store.writing() as session:
        session.execute(
            text("SELECT setval('user_account_id_seq', 9)") if "postgresql" in home.url else text("SELECT 1")
        )
        members.add(session, "tamsin@example.org", name="Tamsin", role="advisor", password=PASSWORD, now=NOW)
        known: Catalogue = session.info["offers"]
        for number in range(MANY):
            offer = known.latest("mentoring" if number % 2 else "reading")
            order = purchases.Order(f"B-{number}", "900001", Decimal(265), NOW, "Jenna Rowe", "jenna@example.org")
            purchases.accept(session, offer, order, actor=SYSTEM, now=NOW)
    store.close()
    return home


def break_by_hand(home: Home) -> str:
    """One page is no TOML any more, and one engagement's history says that what comes next has happened. Its
    reference."""
    (home.offers / "reading-2026-01" / "offer.toml").write_text("[offer", encoding="utf-8")
    store = home.open()
    with store.writing() as session:
        broken = session.scalars(select(Engagement).where(Engagement.offer_code == "mentoring")).first()
        assert broken is not None
        session.execute(update(Engagement).where(Engagement.id == broken.id).values(version=0))
    store.close()
    return broken.reference


def moved_on(store: Store) -> dict[str, int]:
    """How many engagements of each offer have had a timer."""
    with store.reading() as session:
        had = select(ArmedTimer.engagement_id).where(ArmedTimer.status == "fired")
        counted = select(Engagement.offer_code, func.count()).where(Engagement.id.in_(had))
        return dict(session.execute(counted.group_by(Engagement.offer_code)).all())


@pytest.mark.unforeseen
def test_everything_else_moves_on_within_one_tick_and_everybody_is_told_which(home: Home, tmp_path: Path) -> None:
    reference = break_by_hand(home)
    store = home.open()
    pass_once(world_with(store, mail_server(f"maildir:{tmp_path / 'mail'}")), LATER)
    assert moved_on(store) == {"mentoring": MANY // 2 - 1}
    with store.reading() as session:
        waiting = select(Engagement.offer_code).join(OwedEffect, OwedEffect.engagement_id == Engagement.id)
        assert set(session.scalars(waiting.where(OwedEffect.status == "owed"))) <= {"reading", "mentoring"}
    pages = Visitor(create_app(home.settings, lambda: LATER, store))
    told = pages.open("/readyz").answer
    assert (told.status_code, told.text) == (
        200,
        f"ready\nheld up: the offer in reading-2026-01\nheld up: engagement {reference}\n",
    )
    words = pages.sign_in("tamsin@example.org").open("/advisor/").words
    assert f"Engagement {reference}: Something went wrong that nobody foresaw" in words
    assert "The offer in reading-2026-01: offer.toml: is not TOML" in words
    with store.reading() as session:
        troubles = [one.trouble for one in every(session, LATER, Wanted(order="newest"))]
    assert troubles.count("The offer reading-2026-01 is out of use.") == MANY // 2
    store.close()
    assert "reading-2026-01: offer.toml: is not TOML" in doctor(home)["offers"]
    assert f"Held up: engagement {reference}." in doctor(home)["held up"]


def doctor(home: Home) -> dict[str, str]:
    """What is wrong, by what was looked at."""
    cli = CliContext(lambda: LATER)
    cli.__dict__["settings"] = home.settings
    try:
        return {one.name: one.sentence for one in health_checks.run(cli) if not one.ok}
    finally:
        cli.close()
