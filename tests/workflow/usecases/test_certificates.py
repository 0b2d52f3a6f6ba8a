"""Certificates are replaced when the new one is printed and not before, and asking for it can be taken back."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tasks.world import World
from tests.conftest import begun
from tests.journeys import LEAD, PEOPLE, Journey
from tests.records import Originals, Place
from tests.worlds import world_with
from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotAllowed
from workflow.queries.certificate_check import Verdict, verify_file
from workflow.store.session import Store
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant
from workflow.store.tables.school import School
from workflow.usecases import certificates, participants
from workflow.usecases.undo import undo

ADA = PEOPLE[0].email


def recognised(store: Store) -> None:
    begun(store)
    journey = Journey.resume(store).to("recognised")
    with TemporaryDirectory() as folder:
        pass_once(world_with(store, mail_server(f"maildir:{folder}/mail")), journey.now)


@pytest.fixture
def store(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, recognised) as store:
        yield store


@pytest.fixture
def finished(store: Store) -> Journey:
    return Journey.resume(store)


def of_ada(journey: Journey) -> list[Certificate]:
    query = select(Certificate).where(Certificate.participant_id == 1).order_by(Certificate.id)
    with journey.store.reading() as session:
        return list(session.scalars(query))


def reissue(journey: Journey, name: str = "Ada R. Pascoe", actor: Actor = LEAD, reason: str = "name") -> None:
    journey._do(certificates.reissue, of_ada(journey)[0].serial, reason=reason, name=name, actor=actor)


def test_the_old_one_is_superseded_with_the_new_one_by_whoever_asked(finished: Journey, world: World) -> None:
    reissue(finished)
    assert [one.status for one in of_ada(finished)] == ["issued"]
    pass_once(world, finished.now)
    assert [(one.name, one.status) for one in of_ada(finished)] == [
        ("Ada Pascoe", "superseded"),
        ("Ada R. Pascoe", "issued"),
    ]
    with finished.store.reading() as session:
        old, new = session.scalars(select(Certificate).where(Certificate.participant_id == 1).order_by(Certificate.id))
        replaced = f"It was replaced by {new.serial} since and is no longer current."
        assert verify_file(session, old.pdf) == Verdict(replaced, ())
        assert verify_file(session, old.pdf + b"%").standing == replaced
        assert verify_file(session, new.pdf) == Verdict("", ())


def test_a_new_one_that_cannot_be_printed_leaves_the_old_one_valid_until_it_is_freed(
    finished: Journey, world: World
) -> None:
    with finished.store.writing() as session:
        session.get_one(School, "900001").name = "李 School"
    reissue(finished)
    pass_once(world, finished.now)
    assert [one.status for one in of_ada(finished)] == ["issued"]
    with finished.store.reading() as session:
        dead = session.scalars(select(OwedEffect).where(OwedEffect.status == "dead")).one()
    assert dead.trouble.endswith("Import the school with the right name, then try this again.")
    with pytest.raises(Conflict, match=r"It is stuck: put right what is wrong with it and try it again."):
        reissue(finished)


def test_one_that_is_withdrawn_meanwhile_is_not_replaced(finished: Journey, world: World) -> None:
    reissue(finished)
    finished._do(certificates.revoke, of_ada(finished)[0].serial, reason="conduct", actor=LEAD)
    pass_once(world, finished.now)
    assert [one.status for one in of_ada(finished)] == ["revoked"]
    with pytest.raises(Conflict, match="is revoked, so it is not sent again"):
        finished._do(certificates.send_again, of_ada(finished)[0].serial)


def test_what_is_wrong_with_asking_is_said_at_once_and_nothing_is_written(finished: Journey) -> None:
    before = finished.row.version
    with pytest.raises(NotAllowed):
        reissue(finished, actor=Actor("advisor", 1))
    with pytest.raises(BadInput, match="needs a reason"):
        reissue(finished, reason="")
    with pytest.raises(BadInput, match="has “李” in it"):
        reissue(finished, name="李")
    assert finished.row.version == before
    with finished.store.reading() as session:
        assert session.get_one(Participant, 1).certificate_name == "Ada Pascoe"


def test_a_name_that_nobody_has_agreed_to_is_not_printed_anew(finished: Journey, world: World) -> None:
    finished._do(participants.correct, ADA, name="Ada R. Pascoe", new_email=ADA)
    with pytest.raises(BadInput) as caught:
        reissue(finished, name="")
    assert caught.value.problems[0].sentence.startswith("Nobody has agreed yet that “Ada R. Pascoe” is printed.")
    finished._do(participants.confirm_name, ADA, name=None)
    reissue(finished, name="")
    pass_once(world, finished.now)
    assert [one.name for one in of_ada(finished)] == ["Ada Pascoe", "Ada R. Pascoe"]


@pytest.mark.parametrize("printed", [False, True], ids=["before it is printed", "after"])
def test_a_replacement_that_is_taken_back_leaves_the_old_one_valid(
    finished: Journey, world: World, *, printed: bool
) -> None:
    reissue(finished)
    if printed:
        pass_once(world, finished.now)
    finished._do(undo.undo, reason="The name was right.", actor=LEAD)
    pass_once(world, finished.now)
    assert [one.status for one in of_ada(finished)] == ["issued", "revoked"][: 1 + printed]
    assert finished.row.standing == "completed"


def test_an_owner_confirms_a_name_until_it_is_printed_and_the_council_for_good(finished: Journey) -> None:
    with pytest.raises(Conflict, match=r"Your certificate is issued already. Ask your advisor to replace it"):
        finished._do(participants.confirm_name, ADA, name="Ada", actor=Actor("participant", participant_id=1))
    finished._do(participants.confirm_name, ADA, name="Ada R. Pascoe")
    with finished.store.reading() as session:
        assert session.get_one(Participant, 1).certificate_name == "Ada R. Pascoe"
