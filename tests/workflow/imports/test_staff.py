"""Staff lists: who takes part, from lists as schools keep them."""

import io

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import LEAD, Journey, furnish
from workflow.domain.actor import SYSTEM
from workflow.errors import BadInput
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.sheet import read
from workflow.imports.staff import import_staff
from workflow.store.session import Store
from workflow.store.tables.participant import Participant
from workflow.usecases import participants
from workflow.usecases.undo.undo import undo

HEADER = "Name,Email,Phase"
FORMULA = "The name begins with “=”, as a spreadsheet formula does; a name begins with a letter."
PHASES = "write 1 (An Effective Mentor), 2 (An Advanced Mentor and Coach) or 3 (A Master Mentor and Coach)."
TWICE = "ada@example.org stands in row 2 too, with another name or phase."
ADA = "Ada Pascoe,Ada@Example.org,2"


@pytest.fixture
def journey(store: Store) -> Journey:
    furnish(store, NOW)
    return Journey(store, NOW).begin()


def bring_in(journey: Journey, *rows: str, header: str = HEADER, mode: Mode = Mode.WHOLE) -> ImportReport:
    sheet = read(io.BytesIO("\n".join([header, *rows]).encode()), "staff.csv", limit=2_000_000)
    with journey.store.writing() as session:
        return import_staff(session, journey.id, sheet, actor=SYSTEM, now=NOW, mode=mode)


def people(journey: Journey) -> list[tuple[str, str, int]]:
    with journey.store.reading() as session:
        return [
            (one.name, one.email, one.phase) for one in session.scalars(select(Participant).order_by(Participant.id))
        ]


def problems(report: ImportReport) -> list[str]:
    return [str(problem) for problem in report.problems]


def test_people_are_nominated_once_however_often_the_list_comes(journey: Journey) -> None:
    assert bring_in(journey, ADA).added == 1
    again = bring_in(journey, ADA)
    assert (again.added, again.unchanged) == (0, 1)
    assert people(journey) == [("Ada Pascoe", "ada@example.org", 2)]


def test_enough_people_start_the_training(journey: Journey) -> None:
    bring_in(journey, ADA, "Bryn,bryn@example.org,1", "Cara,cara@example.org,1")
    assert journey.stage == "training_1"


def test_names_may_stand_in_two_columns(journey: Journey) -> None:
    bring_in(journey, "Ada,Pascoe,ada@example.org", header="Forename,Surname,Work email")
    assert people(journey) == [("Ada Pascoe", "ada@example.org", 1)]


@pytest.mark.parametrize(("written", "phase"), [("2", 2), ("Phase 3", 3), ("an advanced mentor and coach", 2)])
def test_phases_may_be_written_in_several_ways(journey: Journey, written: str, phase: int) -> None:
    bring_in(journey, f"Ada Pascoe,ada@example.org,{written}")
    assert people(journey)[0][2] == phase


def test_nobody_without_a_phase_is_guessed_silently(journey: Journey) -> None:
    report = bring_in(journey, "Ada Pascoe,ada@example.org,", "Bryn Rowe,bryn@example.org,")
    assert report.notes == ("2 people without a phase: taken to start at phase 1, “An Effective Mentor”.",)
    assert [phase for _, _, phase in people(journey)] == [1, 1]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Ada Pascoe,,1", "column Email: there is no email address. Ask the school for it."),
        ("=cmd(),x@example.org,1", "column Name: " + FORMULA),
        ("Ada Pascoe,x@example.org,7", "column Phase: “7” is not a phase; " + PHASES),
        ("Somebody Else,ada@example.org,2", "column Email: " + TWICE),
    ],
)
def test_a_bad_cell_is_named_and_nobody_is_nominated(journey: Journey, row: str, problem: str) -> None:
    report = bring_in(journey, ADA, row)
    assert problems(report) == [f"staff.csv, row 3, {problem}"]
    assert not people(journey)


def test_the_same_row_twice_counts_once(journey: Journey) -> None:
    report = bring_in(journey, ADA, ADA)
    assert (report.added, report.notes) == (1, ("staff.csv, row 3: the same as row 2; counted once.",))


def test_somebody_nominated_before_is_left_as_they_are(journey: Journey) -> None:
    bring_in(journey, ADA)
    report = bring_in(journey, "Ada Pascoe,ada@example.org,3")
    assert report.notes == (
        "staff.csv, row 2: ada@example.org is there already as Ada Pascoe, phase 2; left as it is.",
    )
    assert people(journey)[0][2] == 2


def test_a_list_without_addresses_is_refused(journey: Journey) -> None:
    with pytest.raises(BadInput, match="there is no column called “Email”, “Email address” or “Work email”"):
        bring_in(journey, "Ada Pascoe", header="Name")


def test_a_list_whose_import_was_taken_back_comes_in_again_as_it_is_written_now(journey: Journey) -> None:
    bring_in(journey, ADA, "Bryn,bryn@example.org,1")
    with journey.store.writing() as session:
        undo(session, journey.id, actor=LEAD, reason="The wrong file.", now=NOW)
    again = bring_in(journey, "Ada Pascoe-Rowe,ada@example.org,1", "Bryn,bryn@example.org,1")
    assert (again.added, again.unchanged, again.notes) == (2, 0, ())
    assert people(journey) == [("Ada Pascoe-Rowe", "ada@example.org", 1), ("Bryn", "bryn@example.org", 1)]
    with journey.store.reading() as session:
        standing = session.execute(select(Participant.status, Participant.reason, Participant.certificate_name))
        assert standing.all() == [("nominated", None, "Ada Pascoe-Rowe"), ("nominated", None, "Bryn")]


def _away(journey: Journey, verb: str, reason: str) -> None:
    with journey.store.writing() as session:
        participants.move(session, journey.id, "ada@example.org", verb, actor=LEAD, now=NOW, reason=reason)


def test_somebody_who_withdrew_is_left_as_they_are_and_it_is_said_when_why_and_what_to_do(journey: Journey) -> None:
    bring_in(journey, ADA)
    _away(journey, "withdraw", "left")
    again = bring_in(journey, ADA)
    assert (again.added, again.unchanged) == (0, 1)
    told = "Ada Pascoe was withdrawn on Monday 6 October 2025: has left the school."
    command = f"recognition participant rejoin {journey.reference} ada@example.org"
    back = f"To let them take part again with what they have done, decide so on their page, or type “{command}”."
    assert again.notes == (f"staff.csv, row 2: {told} {back} They were left as they are.",)


def test_so_is_somebody_who_is_deferred(journey: Journey) -> None:
    bring_in(journey, ADA)
    _away(journey, "defer", "absence")
    assert "Ada Pascoe was deferred on Monday 6 October 2025: is away for a while." in bring_in(journey, ADA).notes[0]
