"""A school library that goes round and round: its mark is renewed every two years."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from tests.journeys import ASSESSOR, LEAD, Journey, furnish
from tests.keys import keys
from tests.records import Originals, Place
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.queries.audit import verify
from workflow.store.cases import Case, read_case
from workflow.store.tables.event import Event
from workflow.usecases import participants
from workflow.usecases.participants import Nominee

LIBRARY = Path(__file__).parents[2] / "offers" / "library-2026-01"
ORDERED = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
ELOWEN = Nominee("Elowen Trewin", "elowen@polwhevral.example.org", 1)


@contextmanager
def with_page(place: Place, folder: Path, *edits: tuple[str, str]) -> Iterator[Journey]:
    """A school of the library with its page changed in these words, on the way to its first visit."""
    shutil.copytree(LIBRARY, folder / LIBRARY.name)
    page = folder / LIBRARY.name / "offer.toml"
    text = page.read_text(encoding="utf-8")
    for asked, become in edits:
        assert asked in text
        text = text.replace(asked, become)
    page.write_text(text, encoding="utf-8")
    offers = Originals({"keys": keys, "offers": Catalogue(load_offers((folder,))), "hash_cost": "least"})
    with offers.copy(place) as store:
        furnish(store, ORDERED)
        yield Journey(store, ORDERED).begin(price="120.00", order="SLM-1", offer="library").nominate((ELOWEN,))


def go_round(journey: Journey) -> None:
    go_on(journey)
    recognise(journey)


def go_on(journey: Journey) -> None:
    """As far as the mark is signed and its certificates are owed."""
    visited(journey)
    journey._do(participants.confirm_name, ELOWEN.email, name=None)
    journey.fire("sign_the_mark", LEAD)


def visited(journey: Journey) -> None:
    journey._do(participants.move, ELOWEN.email, "complete")
    journey.meet("shelf_walk")
    journey.fire("library_good", ASSESSOR)


def recognise(journey: Journey) -> None:
    """As the worker does once the certificate is made."""
    journey._do(participants.move, ELOWEN.email, "recognise", actor=SYSTEM)


def case_of(journey: Journey) -> Case:
    with journey.store.reading() as session:
        return read_case(session, journey.id)


def faults(journey: Journey) -> list[str]:
    with journey.store.reading() as session:
        return [one.sentence for one in verify(session).faults]


def events(journey: Journey) -> list[Event]:
    with journey.store.reading() as session:
        return list(session.scalars(select(Event).where(Event.engagement_id == journey.id).order_by(Event.seq)))
