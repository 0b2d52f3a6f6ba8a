"""A mark that is renewed, with the worker and the post: each round has its own letters and certificate."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import ASSESSOR, LEAD, Journey
from tests.mailboxes import letters_in
from tests.offers.versions.another import called, changed, renamed
from tests.worlds import installation
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.english import day_in_words
from workflow.errors import Conflict
from workflow.offer.loader import Loaded, load_offers
from workflow.queries.audit import verify
from workflow.store.cases import read_case
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import certificates, participants
from workflow.usecases.participants import Nominee
from workflow.usecases.rollout.move import to_version

HERE = Path(__file__).parent
ORDERED = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
ELOWEN = Nominee("Elowen Trewin", "elowen@polwhevral.example.org", 1)
TWO_YEARS = timedelta(days=731)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An installation that has the offers of this folder and no other."""
    with installation(tmp_path, HERE, "library@example.org", ORDERED) as world:
        yield world


def subjects(home: Path) -> list[str]:
    return sorted(str(one["Subject"]) for one in letters_in(home / "mail"))


def sign(journey: Journey) -> None:
    journey._do(participants.move, ELOWEN.email, "complete")
    journey.meet("shelf_walk").fire("library_good", ASSESSOR)
    journey._do(participants.confirm_name, ELOWEN.email, name=None)
    journey.fire("sign_the_mark", LEAD)


def moved_before_it_is_printed(journey: Journey, world: World, later: Path, called: str = "") -> None:
    """The mark is signed, the engagement goes to the offer in another folder, and only then the worker comes."""
    sign(journey)
    world.store.tell(offers=Catalogue(load_offers((HERE, later.parent))))
    journey._do(to_version, ("library", "2027-01"), note="The new year.", called=called, actor=LEAD)
    journey.now += timedelta(minutes=5)
    pass_once(world, journey.now)


def go_round(journey: Journey, world: World) -> None:
    sign(journey)
    journey.now += timedelta(minutes=5)
    pass_once(world, journey.now)


def test_each_round_ends_with_a_certificate_of_its_own(world: World, tmp_path: Path) -> None:
    journey = Journey(world.store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library").nominate((ELOWEN,))
    go_round(journey, world)
    first = subjects(tmp_path)
    assert (journey.stage, sum("Your certificate" in one for one in first)) == ("mark_held", 1)
    journey.now = (journey.now + TWO_YEARS).replace(hour=10)
    for _ in range(2):  # what only time has moved is told in the school's hours
        pass_once(world, journey.now)
        journey.now += timedelta(days=1)
    assert journey.stage == "shelf_visit"
    go_round(journey, world)
    with world.store.reading() as session:
        held = session.scalars(select(Certificate).order_by(Certificate.id)).all()
        facts = read_case(session, journey.id).facts
        assert verify(session).faults == ()
    assert journey.stage == "mark_held"
    assert [(one.status, one.name) for one in held] == [("issued", "Elowen Trewin")] * 2
    assert held[1].issued_on - held[0].issued_on > timedelta(days=700)
    assert [one.status for one in facts.participants] == ["recognised"]
    assert Counter(subjects(tmp_path)) - Counter(first) == Counter(
        [
            "The library visit comes next",
            f"For the library panel: {journey.reference}",
            "How is the name written?",
            "Polwhevral School has the School library mark",
            f"Your certificate {held[1].serial}",
        ]
    )


def test_the_letter_of_a_renewed_certificate_names_the_one_before(world: World) -> None:
    journey = Journey(world.store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library").nominate((ELOWEN,))
    go_round(journey, world)
    journey.now = (journey.now + TWO_YEARS).replace(hour=10)
    journey.fire("come_again", LEAD)
    go_round(journey, world)
    with world.store.reading() as session:
        first, second = session.scalars(select(Certificate).order_by(Certificate.id))
        sent = session.scalars(
            select(SentEmail).where(SentEmail.subject.like("Your certificate%")).order_by(SentEmail.outbox_id)
        )
        told = [one.text for one in sent]
    journey._do(certificates.send_again, second.serial)
    pass_once(world, journey.now)
    with world.store.reading() as session:
        again = session.scalars(select(SentEmail.text).where(SentEmail.subject.contains(second.serial))).all()
    day = day_in_words(first.issued_on).partition(" ")[2]
    assert "It is made out to Elowen Trewin.\n" in told[0]
    assert f"Elowen Trewin. It renews certificate {first.serial} of {day}." in " ".join(told[1].split())
    assert [" ".join(one.split()) for one in again] == [" ".join(told[1].split())] * 2


def test_a_certificate_that_is_owed_when_its_engagement_moves_is_that_of_the_version_that_owed_it(
    world: World, tmp_path: Path
) -> None:
    journey = Journey(world.store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library").nominate((ELOWEN,))
    longer = {'valid_for = "2 years"': 'valid_for = "5 years"'}
    moved_before_it_is_printed(journey, world, changed(HERE / "library-2026-01", tmp_path / "later", "2027-01", longer))
    with world.store.reading() as session:
        (one,) = session.scalars(select(Certificate))
        assert session.get_one(Engagement, journey.id).offer_version == "2027-01"
    assert str(one.issued_on).startswith("2026-")
    assert str(one.valid_until).startswith("2028-"), "it is two years in the version that owed it"


def test_what_becomes_of_the_one_before_is_said_by_the_version_that_owed_it_too(world: World, tmp_path: Path) -> None:
    """In the other everything is called otherwise, and earlier certificates are superseded there."""
    journey = Journey(world.store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library").nominate((ELOWEN,))
    go_round(journey, world)
    journey.now = (journey.now + TWO_YEARS).replace(hour=10)
    pass_once(world, journey.now)
    folder = renamed(HERE / "library-2026-01", tmp_path / "later", "2027-01")
    page = folder / "offer.toml"
    page.write_text(page.read_text().replace("[certificate]\n", '[certificate]\nearlier = "superseded"\n'))
    moved_before_it_is_printed(journey, world, folder, called(HERE / "library-2026-01"))
    with world.store.reading() as session:
        held = session.scalars(select(Certificate).order_by(Certificate.id)).all()
        assert verify(session).faults == ()
    assert [one.status for one in held] == ["issued", "issued"]
    assert {f"Your certificate {one.serial}" for one in held} <= {*subjects(tmp_path)}


def test_nobody_who_has_a_certificate_comes_to_where_there_are_none(world: World) -> None:
    """It could not be sent again there, nor put right."""
    journey = Journey(world.store, ORDERED).begin(price="120.00", order="SHELF-1", offer="library").nominate((ELOWEN,))
    with world.store.reading() as session:
        known = {one.key: one for one in offers_of(session)}
    own = known["library", "2026-01"]
    without = {"offer": own.offer.model_copy(update={"version": "2027-01"}), "certificate": None}
    known["library", "2027-01"] = own.model_copy(update=without)
    world.store.tell(offers=Catalogue(Loaded(known, {})))
    sign(journey)
    for _ in range(2):  # first it is owed, then it is there
        with pytest.raises(Conflict, match=r"^library-2027-01 has no certificates, and there are some here\.$"):
            journey._do(to_version, ("library", "2027-01"), note="The new year.", actor=LEAD)
        pass_once(world, journey.now)
