"""A row that somebody edited is told of after an honest step has changed it too, and one that nobody edited is not."""

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import NOW
from tests.journeys import LEAD, PEOPLE, Journey, furnish
from tests.records import Files, Originals
from tests.workflow.store.history.pasts import issue
from tests.workflow.store.history.test_nothing_heals import tamper, told
from workflow.store.session import Store
from workflow.usecases import appointments, certificates, participants
from workflow.usecases.contacts import contacts
from workflow.usecases.participants import Nominee
from workflow.usecases.undo.undo import undo

Step = Callable[[Journey], object]
Make = Callable[[Store], None]
ADA = PEOPLE[0].email


def named(store: Store) -> None:
    furnish(store, NOW)
    Journey(store, NOW).begin().nominate()


def booked(store: Store) -> None:
    furnish(store, NOW)
    journey = Journey(store, NOW).begin().to("training_1")
    journey._do(appointments.book, "training_1", journey.now.replace(day=20))


def met(store: Store) -> None:
    furnish(store, NOW)
    Journey(store, NOW).begin().to("follow_up_1").meet("follow_up_1", "Read the plan together.")


def judged(store: Store) -> None:
    furnish(store, NOW)
    Journey(store, NOW).begin().to("certification")


def issued(store: Store) -> None:
    furnish(store, NOW)
    done = Journey(store, NOW).begin().to("recognised")
    issue(done)


def moved(journey: Journey) -> object:
    """Which puts the name right besides."""
    new = "ada.new@polwhevral.example.org"
    return journey._do(participants.correct, ADA, name=PEOPLE[0].name, new_email=new)


def undone(journey: Journey) -> object:
    return journey._do(undo, reason="It was too early.", actor=LEAD)


#: What was there, what somebody did to it, the honest step after it, and what is told then.
EDITED: dict[str, tuple[Make, str, Step, str]] = {
    "a name": (
        named,
        "UPDATE participant SET name = 'Eve Lloyd' WHERE email = :ada",
        moved,
        "the participant 1 was changed after event 2, and no event says so.",
    ),
    "a standing": (
        named,
        "UPDATE participant SET status = 'completed' WHERE email = :ada",
        moved,
        "the participant 1 was changed after event 2, and no event says so.",
    ),
    "somebody whom nobody named": (
        named,
        """INSERT INTO participant (engagement_id, name, email, phase, status, certificate_name, name_confirmed,
        phase_agreed, salt) SELECT engagement_id, 'Eve Lloyd', 'eve@polwhevral.example.org', phase, status,
        'Eve Lloyd', name_confirmed, phase_agreed, salt FROM participant WHERE email = :ada""",
        lambda one: one._do(
            participants.correct, "eve@polwhevral.example.org", name="Eve Floyd", new_email="e@polwhevral.example.org"
        ),
        " was written by nobody: no event vouches for it.",
    ),
    "who ordered": (
        named,
        "UPDATE engagement SET lead_email = 'eve@polwhevral.example.org'",
        lambda one: one._do(contacts.correct, name="Jenna Rowe", email="j.rowe@polwhevral.example.org"),
        "what the order says was changed after event 1, and no event says so.",
    ),
    "a date that is called off with the journey": (
        booked,
        "UPDATE appointment SET sequence = 7 WHERE status = 'booked'",
        lambda one: one.fire("cancel", LEAD, note="The school withdraws."),
        "the appointment 1 was changed after event ",
    ),
    "a date that new people are told of": (
        booked,
        "UPDATE appointment SET starts_at = '2025-10-21 09:00:00' WHERE status = 'booked'",
        lambda one: one.nominate((Nominee("Zoe Ford", "zoe@polwhevral.example.org", 1),)),
        "the appointment 1 was changed after event ",
    ),
    "what was agreed": (
        met,
        "UPDATE appointment SET outputs = 'Nothing.' WHERE kind = 'follow_up_1'",
        lambda one: one._do(appointments.write_outputs, "follow_up_1", "Read it once more."),
        "what was agreed at the appointment ",
    ),
    "a judgement": (
        judged,
        "UPDATE judgement SET assessor_id = 1",
        undone,
        "the judgement of event ",
    ),
    "a certificate": (
        issued,
        "UPDATE certificate SET name = 'Eve Lloyd'",
        lambda one: one._do(certificates.revoke, "CMC-25-0001-A1B2C3", reason="error", actor=LEAD),
        "the certificate 1 was changed after event ",
    ),
    "who said yes": (
        issued,
        "UPDATE approval SET user_id = NULL WHERE seq = (SELECT max(seq) FROM approval)",
        undone,
        "the approval of event ",
    ),
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, files: Files, originals: Originals, make: Make) -> Iterator[Journey]:
    place = files if request.param == "sqlite" else request.getfixturevalue("databases")
    with originals.copy(place, make) as store:
        yield Journey.resume(store)


@pytest.mark.parametrize(("make", "sql", "step", "sentence"), EDITED.values(), ids=EDITED)
def test_an_edited_row_is_told_after_an_honest_step_has_changed_it(
    opened: Journey, sql: str, step: Step, sentence: str
) -> None:
    before = told(opened)
    tamper(opened, (sql.replace(":ada", f"'{ADA}'"),))
    step(opened)
    after = told(opened)
    assert (before, len(after)) == ([], 1)
    assert sentence in after[0]


@pytest.mark.parametrize(
    ("make", "step"), [(make, step) for make, sql, step, _ in EDITED.values() if "INSERT" not in sql]
)
def test_the_same_step_on_what_nobody_edited_is_vouched_for(opened: Journey, step: Step) -> None:
    step(opened)
    assert told(opened) == []
