"""Somebody takes another's place, or goes on at another school: nobody is counted twice and nothing is left behind."""

import threading

import pytest
from sqlalchemy import select, text, update

from tests.journeys import ADVISOR, ASSESSOR, LEAD, PEOPLE, Journey
from tests.servers import wait_until
from workflow.domain.actor import SYSTEM
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from workflow.queries.audit import verify
from workflow.store.cases import lock_case, read_case
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.event import Event
from workflow.store.tables.participant import EntryBasis, Participant
from workflow.store.tables.submission import Submission
from workflow.usecases import participants, phases
from workflow.usecases.elsewhere import transfers
from workflow.usecases.participants import Nominee
from workflow.usecases.phases import Basis
from workflow.usecases.undo import undo

ADA, BRYN, CARA = (person.email for person in PEOPLE)
DINAH = Nominee("Dinah Kent", "dinah@polwhevral.example.org", 2)


def person_in(journey: Journey, email: str) -> Participant:
    with journey.store.reading() as session:
        return participants.one_of(session, journey.id, email)


def events(journey: Journey) -> list[Event]:
    with journey.store.reading() as session:
        return list(session.scalars(select(Event).where(Event.engagement_id == journey.id).order_by(Event.seq)))


def taken(journey: Journey) -> int:
    with journey.store.reading() as session:
        return len(read_case(session, journey.id).facts.active_participants)


def send_in(journey: Journey, email: str) -> None:
    """A version of evidence, as `submissions` writes it."""
    journey._do(participants.move, email, "submit")
    with journey.store.writing() as session:
        person = participants.one_of(session, journey.id, email)
        session.add(Submission(participant_id=person.id, version=1, sent_by="school_lead", sent_at=journey.now))


def crowd(journey: Journey, number: int) -> None:
    journey.nominate(tuple(Nominee(f"Person {one}", f"p{one}@polwhevral.example.org", 1) for one in range(number)))


# --- in somebody's place ---


def test_one_leaves_and_another_comes_in_their_place(named: Journey) -> None:
    named._do(transfers.replace, ADA, DINAH, note="A new post")
    ada, dinah = person_in(named, ADA), person_in(named, DINAH.email)
    assert (ada.status, ada.reason) == ("withdrawn", "replaced")
    assert (dinah.status, dinah.phase, dinah.phase_agreed) == ("nominated", 2, True)
    assert (dinah.before_id, dinah.before_how) == (ada.id, "replaces")
    came, left = events(named)[-2:]
    assert (came.name, came.data) == ("staff_nominated", {"participants": [dinah.id]})
    assert (left.name, left.caused_by, left.data["reason"]) == ("participant_withdrawn", came.seq, "replaced")
    with named.store.reading() as session:
        assert verify(session, named.id).faults == ()


def test_a_full_order_can_still_have_somebody_replaced(named: Journey) -> None:
    crowd(named, 9)
    with pytest.raises(Refused, match="pays for 12 places"):
        named.nominate((DINAH,))
    named._do(transfers.replace, ADA, DINAH)
    assert taken(named) == 12


def test_replacing_the_last_undecided_person_does_not_end_the_framework(named: Journey) -> None:
    """The withdrawal alone would leave everybody decided, and the engagement would go on without the newcomer."""
    named.to("framework")
    for email in (ADA, BRYN):
        named._do(participants.move, email, "complete")
    named._do(transfers.replace, CARA, DINAH)
    assert named.stage == "framework"
    assert person_in(named, DINAH.email).status == "nominated"


def test_taking_a_replacement_back_takes_both_halves_back(named: Journey) -> None:
    named._do(transfers.replace, ADA, DINAH)
    named._do(undo.undo, reason="The wrong person was clicked")
    assert person_in(named, ADA).status == "nominated"
    assert person_in(named, DINAH.email).status == "withdrawn"


@pytest.mark.parametrize(
    ("email", "told"),
    [(BRYN, f"{BRYN} takes part already"), (ADA.upper(), f"{ADA} is the address of Ada Pascoe, who leaves")],
    ids=["a colleague", "the same person"],
)
def test_nobody_takes_a_place_who_takes_part_already(named: Journey, email: str, told: str) -> None:
    before = named.row.version
    with pytest.raises(Conflict, match=told):
        named._do(transfers.replace, ADA, Nominee("Somebody", email, 1))
    assert (named.row.version, person_in(named, ADA).status) == (before, "nominated")


def test_who_withdrew_takes_no_place_but_may_rejoin(named: Journey) -> None:
    named.withdraw(BRYN, "left")
    told = r"Bryn Tregear was withdrawn on Monday 6 October 2025: has left the school\. To let them take part again"
    with pytest.raises(Conflict, match=told):
        named._do(transfers.replace, ADA, Nominee("Bryn Tregear", BRYN, 2))
    with pytest.raises(Conflict, match=r"is somebody else's address\. Bryn Tregear was withdrawn on Monday"):
        named._do(participants.correct, ADA, name="Ada Pascoe", new_email=BRYN)


def test_a_newcomer_who_cannot_be_named_leaves_everything_as_it_was(named: Journey) -> None:
    with pytest.raises(BadInput, match="not an email address"):
        named._do(transfers.replace, ADA, Nominee("Dinah", "dinah", 1))
    assert person_in(named, ADA).status == "nominated"


def test_only_those_who_may_withdraw_somebody_may_replace_or_transfer_them(named: Journey, other: Journey) -> None:
    with pytest.raises(NotAllowed):
        named._do(transfers.replace, ADA, DINAH, actor=ASSESSOR)
    with pytest.raises(NotAllowed):
        named._do(transfers.transfer, ADA, other.id, actor=ASSESSOR)
    assert person_in(named, ADA).status == "nominated"


# --- at another school ---


def test_somebody_goes_on_elsewhere_as_they_are(named: Journey, other: Journey) -> None:
    named._do(participants.confirm_name, BRYN, name="Bryn R Tregear")
    named._do(participants.move, BRYN, "work")
    before = person_in(named, BRYN)
    named._do(transfers.transfer, BRYN, other.id, note="Has moved to Nanskerris", actor=LEAD)
    left, came = person_in(named, BRYN), person_in(other, BRYN)
    assert (left.status, left.reason) == ("withdrawn", "transferred")
    kept = ("name", "email", "phase", "phase_agreed", "certificate_name", "name_confirmed", "status")
    assert [getattr(came, one) for one in kept] == [getattr(before, one) for one in kept]
    assert (came.before_id, came.before_how, came.reason) == (left.id, "transferred", None)
    out, in_ = events(named)[-1], events(other)[-1]
    assert (out.name, out.data["participant"], out.data["reason"]) == (
        "participant_transferred_out",
        left.id,
        "transferred",
    )
    assert (in_.name, in_.data) == ("participant_transferred_in", {"participant": came.id})
    with named.store.reading() as session:
        assert [verify(session, one.id).faults for one in (named, other)] == [(), ()]


def test_evidence_and_the_basis_of_the_phase_follow_the_person(named: Journey, other: Journey) -> None:
    for email in (ADA, BRYN):
        named._do(phases.propose, email, 1, Basis("A year"))
        named._do(phases.agree, email, 1)
        send_in(named, email)
    named._do(participants.move, ADA, "review")
    named._do(transfers.transfer, ADA, other.id)
    came, stayed = person_in(other, ADA), person_in(named, BRYN)
    assert (came.status, came.phase_agreed) == ("submitted", True)
    with named.store.reading() as session:
        for table in (Submission, EntryBasis):
            owners = session.scalars(select(table.participant_id).order_by(table.participant_id))
            assert list(owners) == [stayed.id, came.id]


@pytest.mark.parametrize(
    ("verbs", "status"),
    [
        ((), "nominated"),
        (("train",), "training"),
        (("submit",), "submitted"),
        (("submit", "review", "return"), "returned"),
        (("submit", "review"), "submitted"),
        (("complete",), "completed"),
        (("defer",), "nominated"),
    ],
)
def test_a_status_carries_over_unless_it_has_to_begin_again(
    named: Journey, other: Journey, verbs: tuple[str, ...], status: str
) -> None:
    for verb in verbs:
        reason = "absence" if verb == "defer" else None
        named._do(participants.move, ADA, verb, note="One criterion", reason=reason)
    named._do(transfers.transfer, ADA, other.id)
    assert person_in(other, ADA).status == status


def test_a_transfer_needs_a_free_place_there(named: Journey, other: Journey) -> None:
    crowd(other, 12)
    with pytest.raises(Refused, match="12 are taken and 1 more"):
        named._do(transfers.transfer, ADA, other.id)
    assert person_in(named, ADA).status == "nominated"
    other._do(participants.move, "p0@polwhevral.example.org", "withdraw", reason="left")
    named._do(transfers.transfer, ADA, other.id)
    assert (taken(named), taken(other)) == (2, 12)


def test_nobody_is_transferred_to_where_they_are_already(named: Journey, other: Journey) -> None:
    other.nominate()
    for there in (other.id, named.id):
        with pytest.raises(Conflict, match=r"takes part in .* already"):
            named._do(transfers.transfer, ADA, there)


def test_nobody_is_transferred_into_another_offer(named: Journey, other: Journey) -> None:
    with named.store.writing() as session:
        session.execute(update(Engagement).where(Engagement.id == other.id).values(offer_code="reading"))
    with pytest.raises(Conflict, match="is of another offer"):
        named._do(transfers.transfer, ADA, other.id)


def test_whoever_has_reached_an_end_has_nothing_to_go_on_with(named: Journey, other: Journey) -> None:
    named._do(participants.move, ADA, "complete")
    named._do(participants.move, ADA, "recognise", actor=SYSTEM)
    named._do(participants.move, BRYN, "withdraw", reason="left")
    for email, status in ((ADA, "recognised"), (BRYN, "withdrawn")):
        with pytest.raises(Conflict, match=f"is {status} in .* and has nothing to go on with"):
            named._do(transfers.transfer, email, other.id)


def test_both_engagements_have_to_be_there_and_open(named: Journey, other: Journey) -> None:
    with pytest.raises(NotFound):
        named._do(transfers.transfer, ADA, other.id + 1)
    other.fire("cancel", LEAD, note="Ordered twice")
    with pytest.raises(Conflict, match="is cancelled"):
        named._do(transfers.transfer, ADA, other.id)


def test_transfers_that_cross_wait_in_one_order_and_never_for_each_other(named: Journey, other: Journey) -> None:
    """Whoever holds the first engagement gets the second, however a transfer between them was asked for."""
    other.nominate((DINAH,))
    thread = threading.Thread(target=other._do, args=(transfers.transfer, DINAH.email, named.id))
    with named.store.writing() as session:
        lock_case(session, named.id)
        thread.start()
        if session.get_bind().dialect.name == "postgresql":
            wait_until(lambda: _somebody_waits(named), "the transfer waiting for the first engagement")
        lock_case(session, other.id)
    thread.join(timeout=30)
    assert person_in(named, DINAH.email).before_how == "transferred"


def _somebody_waits(journey: Journey) -> bool:
    with journey.store.reading() as session:
        return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


# --- at a higher phase ---


@pytest.mark.parametrize(("phase", "how"), [(2, "higher_phase"), (1, None)])
def test_somebody_recognised_before_at_a_lower_phase_is_linked_to_that(
    named: Journey, other: Journey, phase: int, how: str | None
) -> None:
    named._do(participants.move, ADA, "complete")
    named._do(participants.move, ADA, "recognise", actor=SYSTEM)
    other._do(participants.nominate, [Nominee("Ada Pascoe", ADA, phase)], actor=ADVISOR)
    came = person_in(other, ADA)
    assert (came.before_id, came.before_how) == (person_in(named, ADA).id if how else None, how)


def test_a_higher_phase_that_is_agreed_later_is_linked_then(named: Journey, other: Journey) -> None:
    named._do(participants.move, ADA, "complete")
    named._do(participants.move, ADA, "recognise", actor=SYSTEM)
    other.nominate(PEOPLE[:1])
    other._do(phases.agree, ADA, 3)
    came = person_in(other, ADA)
    assert (came.before_id, came.before_how) == (person_in(named, ADA).id, "higher_phase")
