"""One offer alone, on a real socket, with its clock, its beat and its post: all that a journey needs besides people."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from config.settings import Settings
from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.keys import keys
from tests.offers.test_library import ORDERED
from tests.offers.together import FOLDERS, installed
from tests.records import Files, Originals
from tests.web.browsing import Site, serving
from tests.web.conftest import Clock, people_and_schools
from tests.web.post_box import text_of
from tests.worlds import world_with
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.mail.signed_links import Links
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer, load_offers

#: Nobody has to come in anew each time that the clock is put on.
_FOR_EVER = 10 * 365 * 24
_LINK = re.compile(r"https?://\S+/school/link/[^\s>)]+")
_A_WHILE, _A_DAY = timedelta(minutes=20), timedelta(days=1)
_OPENS, _CLOSES = 9, 16
#: So often time stops on a long way, for what is due by then.
_STOPS = 40


@dataclass
class Installation:
    """`letters` are those that have come, the newest last."""

    offer: Offer
    site: Site
    clock: Clock
    world: World
    folder: Path
    letters: list[EmailMessage] = field(default_factory=list)

    def beat(self) -> None:
        """The worker and its beat, once; and the post comes."""
        pass_once(self.world, self.clock.now)
        for path in sorted(self.folder.glob("new/*"), key=lambda one: one.stat().st_mtime_ns):
            self.letters.append(message_from_bytes(path.read_bytes(), policy=default))
            path.unlink()

    def a_while(self) -> None:
        """Somebody has done something: a little later, or else the next morning."""
        now = self.clock.now + _A_WHILE
        if now.hour >= _CLOSES:
            now = _morning(now + _A_DAY)
        self.clock.now = now
        self.beat()

    def until(self, then: datetime) -> None:
        """Time passes, and the beat with it; a day that has come already is followed by the next."""
        if then <= self.clock.now:
            then = _morning(self.clock.now + _A_DAY)
        step = max(_A_DAY, (then - self.clock.now) / _STOPS)
        while (now := _morning(self.clock.now + step)) < then:
            self.clock.now = now
            self.beat()
        self.clock.now = then
        self.beat()

    def link_for(self, address: str) -> str:
        """The one-use link in the newest letter to somebody."""
        own = (one for one in reversed(self.letters) if address in str(one["To"]))
        return next(str(found[0]) for one in own if (found := _LINK.findall(text_of(one))))


def _morning(now: datetime) -> datetime:
    return now.replace(hour=_OPENS, minute=30)


@contextmanager
def installation(code: str, files: Files, home: Path) -> Iterator[Installation]:
    """With the offer of this code and no other, three people at the council, and schools."""
    offer, clock = load_offer(FOLDERS[code]), Clock(ORDERED)
    known = {"keys": keys, "offers": Catalogue(load_offers((installed(home, code),))), "hash_cost": "least"}
    with Originals(known).copy(files, people_and_schools) as store:
        settings = Settings(
            home=home,
            database_url="sqlite://",
            secret_key="s" * 40,
            second_factor=(),
            idle_minutes=_FOR_EVER * 60,
            session_hours=_FOR_EVER,
            school_idle_minutes=_FOR_EVER * 60,
            school_session_hours=_FOR_EVER,
        )
        app = create_app(settings, clock, store)
        with serving(app, settings.secret_key) as site:
            folder = home / "mail"
            world = world_with(store, mail_server(f"maildir:{folder}"))
            links = Links(site.url, settings.secret_key)
            yield Installation(offer, site, clock, replace(world, links=links, secret=settings.secret_key), folder)
