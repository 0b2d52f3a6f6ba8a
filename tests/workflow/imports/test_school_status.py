"""A school that closes or opens in the register is a fact like any other: it is told, and may let a trigger through."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from tasks.deliver import deliver_due
from tasks.ways_out import look
from tasks.world import World
from tests.conftest import NOW
from tests.journeys import LEAD, PEOPLE, Journey, furnish
from workflow.errors import Refused
from workflow.imports.findings import Mode
from workflow.imports.schools import import_schools
from workflow.imports.sheet import read
from workflow.store.outbox.claims import count_due
from workflow.store.session import Store
from workflow.store.tables.event import Event, Note
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.promise import PromiseRow
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import advisors, appointments
from workflow.usecases.elsewhere import school_changes

_REGISTER = """URN,EstablishmentName,EstablishmentStatus,PhaseOfEducation,LA (name),Town,Postcode,CloseDate
900002,Nanskerris School,Open,Primary,Cornwall,Nanskerris,TR99 1AA,
"""


def test_training_starts_by_itself_when_the_register_says_the_school_is_open_after_all(store: Store) -> None:
    furnish(store, NOW)
    journey = Journey(store, NOW).begin(urn="900002").nominate(PEOPLE)
    assert journey.stage == "purchase"
    with store.writing() as session:
        import_schools(
            session, read(BytesIO(_REGISTER.encode()), "gias.csv", limit=10_000), now=journey.now, mode=Mode.WHOLE
        )
    assert journey.stage == "training_1"
    with store.reading() as session:
        told, moved = session.scalars(select(Event).order_by(Event.seq.desc()).limit(2)).all()[::-1]
    assert (told.name, moved.name, moved.caused_by) == ("school_status_changed", "start_training", told.seq)


# --- what happens to a journey under way ---


@pytest.fixture
def under_way(store: Store) -> Journey:
    """At training 1, with the school's letters gone."""
    furnish(store, NOW)
    return Journey(store, NOW).begin().to("training_1")


def the_register_says(journey: Journey, **changed: str) -> None:
    row = {
        "URN": "900001",
        "EstablishmentName": "Polwhevral School",
        "EstablishmentStatus": "Open",
        "PhaseOfEducation": "Primary",
        "LA (name)": "Cornwall",
        "Town": "Nanskerris",
        "Postcode": "TR99 1AA",
        "CloseDate": "",
    } | changed
    register = f"{','.join(row)}\n{','.join(row.values())}\n"
    with journey.store.writing() as session:
        sheet = read(BytesIO(register.encode()), "gias.csv", limit=10_000)
        import_schools(session, sheet, now=journey.now, mode=Mode.WHOLE)


def closes(journey: Journey) -> None:
    the_register_says(journey, EstablishmentStatus="Closed", CloseDate="31-08-2025")


def open_promise(journey: Journey) -> tuple[str, str]:
    with journey.store.reading() as session:
        promise = session.scalars(select(PromiseRow).where(PromiseRow.status == "open")).one()
        return promise.owner, promise.what


def letters(world: World, journey: Journey) -> set[tuple[str, str]]:
    """Who got which letter, once what is due has gone out."""
    deliver_due(world, lambda: journey.now)
    with journey.store.reading() as session:
        rows = select(OwedEffect.recipient, OwedEffect.name).where(OwedEffect.status == "done")
        return {(who, name) for who, name in session.execute(rows)}


def test_whoever_looks_after_a_school_that_closes_is_told_and_owes_the_next_move(
    under_way: Journey, world: World
) -> None:
    closes(under_way)
    assert open_promise(under_way) == ("council", "find out which school takes your place")
    assert ("advisor", "school-changed") in letters(world, under_way)
    with under_way.store.reading() as session:
        sent = session.scalars(select(SentEmail.text).where(SentEmail.subject.startswith("The register says"))).one()
    assert "Polwhevral School is closed since Sunday 31 August 2025." in " ".join(sent.split())


def test_letters_to_a_closed_school_wait_until_its_successor_is_known(under_way: Journey, world: World) -> None:
    closes(under_way)
    under_way._do(advisors.write_to_school, "The hall is ready.")
    assert ("school_lead", "from-your-advisor") not in letters(world, under_way)
    with under_way.store.reading() as session:
        assert count_due(session, look(session, world, under_way.now).open, under_way.now) == 0, "nobody tries in vain"
    the_register_says(under_way, URN="900003", EstablishmentName="Polwhevral Academy")
    under_way._do(school_changes.go_on_at, "900003")
    assert ("school_lead", "from-your-advisor") in letters(world, under_way)
    assert open_promise(under_way)[1] == "offer dates for training session 1"


def test_whoever_is_cancelled_because_their_school_has_closed_is_told_so(under_way: Journey, world: World) -> None:
    closes(under_way)
    under_way.fire("cancel", LEAD, note="It closed for good.")
    assert ("school_lead", "cancelled") in letters(world, under_way)


def test_no_date_is_offered_or_agreed_at_a_closed_school(under_way: Journey) -> None:
    closes(under_way)
    for act, when in ((appointments.book, under_way.now), (appointments.offer, [under_way.now + timedelta(days=30)])):
        with pytest.raises(Refused, match="The register of schools says this school is closed"):
            under_way._do(act, "training_1", when)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"EstablishmentName": "Polwhevral Academy"}, "It is called Polwhevral Academy now."),
        (
            {"Town": "Trevanick", "Postcode": "TR99 2BB"},
            "It is at Trevanick, TR99 2BB now. Before, it was at Nanskerris",
        ),
    ],
)
def test_a_new_name_or_address_is_told_and_moves_nothing(
    under_way: Journey, changed: dict[str, str], told: str
) -> None:
    before = open_promise(under_way)
    the_register_says(under_way, **changed)
    with under_way.store.reading() as session:
        event = session.scalars(select(Event).order_by(Event.seq.desc())).first()
        note = session.scalars(select(Note.text).order_by(Note.seq.desc())).first()
        owed = session.scalars(select(OwedEffect.recipient).where(OwedEffect.name == "school-changed")).all()
    assert (event and event.name, owed) == ("school_details_changed", ["advisor"])
    assert str(note).startswith(told)
    assert open_promise(under_way) == before


def test_what_nobody_need_know_is_told_nobody(under_way: Journey) -> None:
    before = under_way.row.version
    the_register_says(under_way, PhaseOfEducation="All-through")
    assert under_way.row.version == before
