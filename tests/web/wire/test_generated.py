"""Requests made up by chance, against the real server: none is our fault, none takes long, none that is refused changes
anything.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import pytest
from argon2 import PasswordHasher, profiles
from flask import Flask
from sqlalchemy import Column, Connection, Table, create_engine, select

from config.settings import Settings
from tests.journeys import Journey, furnish
from tests.records import Originals, Place
from tests.suite_size import SIZE
from tests.web import readers
from tests.web.browsing import Site, serving
from tests.web.conftest import NOON, Clock
from tests.web.guests import let_in
from tests.web.test_security import POLICY
from tests.web.visitor import PASSWORD, Visitor
from tests.web.wire.generated import Made, Somebody, make
from tests.web.wire.page_forms import forms_of
from tests.web.wire.raw_client import RawAnswer, say
from web.advisor.engagement.places.place import PLACES, address
from web.application import create_app
from workflow.acts.bulk.request import MANY
from workflow.store.schema import METADATA
from workflow.store.session import Store
from workflow.store.tables.access.guess import Guess
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.participant import Participant
from workflow.store.tables.user import User
from workflow.usecases.users import everyone

STAGES = ("purchase", "training_1", "framework", "follow_up_1", "qa_visit", "certification", "recognised")
_LONG = 2.0
#: What each database says differently once somebody else has written.
_WRITES = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"}
#: The pages of a school beside where it is.
_SCHOOL = ("/people", "/dates", "/messages", "/certificates")
#: After so many requests everybody looks at the pages again.
_FRESH = 100
_LISTS = (
    "/",
    "/sign-in",
    "/verify/",
    "/school/",
    "/healthz",
    "/readyz",
    "/static/recognition.css",
    "/advisor/",
    "/advisor/promises",
    "/advisor/bulk/",
    "/advisor/readers",
    "/advisor/readers/new",
    *(f"/advisor/bulk/{verb}" for verb in MANY),
)


@dataclass
class Town:
    """A served record with engagements all along the journey."""

    site: Site
    app: Flask
    store: Store
    journeys: Sequence[Journey]
    watcher: Connection
    writes: object = None
    written: str = ""
    readers: int = 0

    @property
    def routes(self) -> list[str]:
        return sorted({rule.rule for rule in self.app.url_map.iter_rules()})

    def state(self) -> str:
        """Everything that is written down, but for wrong tries to sign in, and for what a session is asked to prove on
        a page that sets up an app. Looked at only when it may differ."""
        writes = self.watcher.exec_driver_sql(_WRITES[self.watcher.dialect.name]).scalar()
        if writes != self.writes:
            self.writes, self.written = writes, self._written()
        return self.written

    def _written(self) -> str:
        with self.store.reading() as session:
            tables = [table for table in METADATA.sorted_tables if table not in (User.__table__, Guess.__table__)]
            rows = [session.execute(select(*_columns(one)).order_by(*one.primary_key)).all() for one in tables]
        return sha256(repr(rows).encode()).hexdigest()

    def people(self) -> list[Somebody]:
        """Whoever may look at something, with the pages and forms that they see now."""
        of = {one.id: one.reference for one in self.journeys}
        with self.store.reading() as session:
            staff = [(of[one.engagement_id], one.id) for one in session.scalars(select(Participant)).all()[::3]]
        cases = [address(reference, where) for reference in of.values() for where in PLACES]
        council = [*_LISTS, *cases, *(f"/advisor/engagement/{case}/people/{number}/" for case, number in staff)]
        own = [*staff, *((one, None) for one in of.values())]
        return [
            *(self._somebody(council, f"{role}@example.org") for role in ("advisor", "lead_advisor", "assessor")),
            *(self._guest(*one) for one in own),
            self._reader([*of.values()]),
            self._somebody(_LISTS),
        ]

    def _guest(self, reference: str, participant_id: int | None) -> Somebody:
        """A school or a participant who is in."""
        visitor = Visitor(self.app)
        page = let_in(visitor, reference, participant_id)
        others = _SCHOOL if participant_id is None else ("/my-data",)
        return self._seen([page, *(f"{page}{one}" for one in others)], visitor)

    def _reader(self, references: Sequence[str]) -> Somebody:
        """Somebody who is in for several schools, and has just been invited."""
        visitor = Visitor(self.app)
        self.readers += 1
        readers.let_in(visitor, f"reader{self.readers}@example.org", schools=tuple(references))
        return self._seen(["/schools", "/schools?due=late", f"/schools/{references[0]}"], visitor)

    def _somebody(self, pages: Sequence[str], email: str = "") -> Somebody:
        visitor = Visitor(self.app)
        if email:
            visitor.sign_in(email)
        return self._seen(pages, visitor)

    def _seen(self, pages: Sequence[str], visitor: Visitor) -> Somebody:
        forms = [form for page in pages for form in forms_of(page, visitor.open(page).answer.text)]
        cookie = visitor.client.get_cookie("recognition")
        return Somebody(cookie.value if cookie else "", pages, forms)


def _columns(table: Table) -> list[Column[Any]]:
    return [one for one in table.columns if one is not WebSession.__table__.c.asked]


def _council_and_schools(store: Store) -> None:
    furnish(store, NOON)
    with store.writing() as session:
        for one in everyone(session):
            one.password_hash = PasswordHasher.from_parameters(profiles.CHEAPEST).hash(PASSWORD)


@pytest.fixture
def town(place: Place, originals: Originals, settings: Settings, clock: Clock) -> Iterator[Town]:
    with originals.copy(place, _council_and_schools) as store:
        app = create_app(settings, clock, store)
        journeys = [Journey(store, clock.now).begin(order=f"SFS-{at}").to(stage) for at, stage in enumerate(STAGES)]
        clock.now = max(one.now for one in journeys)
        watching = create_engine(store.engine.url, isolation_level="AUTOCOMMIT")
        with serving(app, settings.secret_key) as site, watching.connect() as watcher:
            yield Town(site, app, store, journeys, watcher)
        watching.dispose()


def _answered(url: str, request: bytes) -> RawAnswer:
    """The answer, and how long it takes. What took long is sent again: if the machine stood still, it does not twice,
    and whatever is slow for a reason of ours is slow both times."""
    answer = say(url, request)
    if answer.seconds <= _LONG:
        return answer
    return replace(answer, seconds=min(answer.seconds, say(url, request).seconds))


def _complaint(made: Made, answer: RawAnswer, *, changed: bool) -> str:
    """What is wrong with the answer, if anything is."""
    refused = answer.status >= 400 or "/sign-in" in answer.headers.get("location", "")
    if not 200 <= answer.status < 500:
        return f"answered {answer.status}"
    if answer.seconds > _LONG:
        return f"took {answer.seconds:.1f} seconds"
    if answer.headers.get("content-security-policy") != POLICY:
        return "without our headers"
    if changed and (refused or made.method != "POST"):
        return f"refused with {answer.status}, and changed something"
    return ""


@pytest.mark.parametrize("seed", range(SIZE.request_seeds))
def test_no_request_is_our_fault_takes_long_or_changes_anything_when_it_is_refused(town: Town, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (the same requests every time)
    complaints, asked, changes = list[tuple[str, bytes]](), list[tuple[Made, RawAnswer]](), 0
    people, state = town.people(), town.state()
    for number in range(1, SIZE.requests + 1):
        made = make(rng, people, town.routes)
        answer = _answered(town.site.url, made.request)
        asked.append((made, answer))
        before, state = state, town.state()
        changes += before != state
        if complaint := _complaint(made, answer, changed=before != state):
            complaints.append((complaint, made.request[:600]))
        if number % _FRESH == 0:
            people, state = town.people(), town.state()
    _tell(asked, changes)
    assert complaints == []


def _tell(asked: Sequence[tuple[Made, RawAnswer]], changes: int) -> None:
    made, slowest = max(asked, key=lambda one: one[1].seconds)
    statuses = sorted(Counter(answer.status for _, answer in asked).items())
    print(f"{len(asked)} requests, {changes} changes, {dict(statuses)}")
    print(f"the slowest took {slowest.seconds:.2f} s: {made.request[:100]!r}")
