"""Search finds what people have in their hand, however they write it, on both databases alike."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.journeys import ADVISOR, Journey, furnish
from tests.queries_counted import counted
from tests.records import Originals, Place
from tests.servers import wait_until
from workflow.imports.findings import Mode
from workflow.imports.schools import import_schools
from workflow.imports.sheet import read
from workflow.queries.lists.search import SHOWN, WEIGHED, Found, Match, search
from workflow.store.search_texts import LINES, SEARCH, write, write_all
from workflow.store.session import Store
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.usecases import participants
from workflow.usecases.contacts import contacts
from workflow.usecases.participants import Nominee

SCHOOLS = {
    "910001": ("St Mary's Catholic Primary School, Bodmin", "Bodmin", "PL31 1XX"),
    "910002": ("St Mary’s C of E School", "Truro", "TR1 3XY"),
    "910003": ("Ysgol Gyfun Gŵyr", "Gowerton", "SA4 3DB"),
    "910004": ("Polwhevral Academy", "Falmouth", "TR11 5PR"),
    "910005": ("Saint Columb Major Academy", "St Columb", "TR9 6RW"),
    "910006": ("O'Neill & Sons Free School", "Redruth", "TR15 2AB"),
    "910007": ("École Française", "Penzance", "TR18 4AA"),
    "910008": ("Trevithick Learning Academy", "Camborne", "TR14 7RH"),
}
#: What is typed, and the school that is meant; what is typed in braces is of its engagement.
TYPED = (
    ("st marys bodmin", "910001"), ("Saint Mary's Catholic", "910001"), ("ST. MARY’S CATHOLIC PRIMARY", "910001"),
    ("bodmin", "910001"), ("pl31 1xx", "910001"), ("PL311XX", "910001"), ("PL31", "910001"), ("910001", "910001"),
    ("catholic", "910001"), ("marys catolic", "910001"), ("St Mary's C of E", "910002"), ("truro", "910002"),
    ("tr1 3xy", "910002"), ("gwyr", "910003"), ("Ysgol Gyfun Gwyr", "910003"), ("gyfn", "910003"),
    ("gowerton", "910003"), ("polwhevral", "910004"), ("polwhevrel", "910004"), ("polwehvral", "910004"),
    ("polwhvral", "910004"), ("hevral acad", "910004"), ("St Columb Major", "910005"), ("saint columb", "910005"),
    ("columb majr", "910005"), ("oneill", "910006"), ("O’Neill and Sons", "910006"), ("o'neil", "910006"),
    ("ecole francaise", "910007"), ("École", "910007"), ("penzance", "910007"), ("trevithick", "910008"),
    ("trevithik", "910008"), ("Trevithick Learning Acadamy", "910008"), ("{reference}", "910008"),
    ("{number}", "910004"), ("{compact}", "910005"), ("SFS-910006", "910006"), ("910007 ", "910007"),
    ("zoe@910003.example.org", "910003"), ("Zoe Förd 910002", "910002"), ("lead.910001", "910001"),
)  # fmt: skip


def a_town(store: Store) -> None:
    furnish(store, NOW)
    with store.writing() as session:
        for urn, (name, town, postcode) in SCHOOLS.items():
            session.add(
                School(
                    urn=urn, name=name, town=town, postcode=postcode, status="Open", phase="Primary",
                    authority="Cornwall", is_open=True, updated_at=NOW,
                )
            )  # fmt: skip
    for urn in SCHOOLS:
        journey = Journey(store, NOW).begin(urn=urn, order=f"SFS-{urn}")
        journey.nominate((Nominee(f"Zoë Förd {urn}", f"zoe@{urn}.example.org", 1),))
        journey._do(contacts.correct, name="Jo Rowe", email=f"lead.{urn}@example.org")


@pytest.fixture
def town(place: Place, originals: Originals) -> Iterator[Store]:
    with originals.copy(place, a_town) as store:
        yield store


def found(store: Store, typed: str) -> tuple[list[str], Found]:
    with store.reading() as session:
        urns = dict(session.execute(select(Engagement.id, Engagement.school_urn)).all())
        result = search(session, typed)
    return [urns[one.id] for one in result.matches], result


def test_forty_searches_put_the_right_school_first(town: Store) -> None:
    with town.reading() as session:
        references = dict(session.execute(select(Engagement.school_urn, Engagement.reference)).all())
    wrong = {}
    for typed, urn in TYPED:
        reference = references[urn]
        words = {"reference": reference[:-2], "number": reference[7:11], "compact": reference.replace("-", "").lower()}
        first = found(town, typed.format(**words))[0][:1]
        if first != [urn]:
            wrong[typed] = first
    assert (len(TYPED) >= 40, wrong) == (True, {})


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "a", "to", "''", "\\", "é", "—", "x" * 100, "0" * 60, "٣"])
def test_whatever_is_typed_is_looked_for_and_nothing_else(town: Store, typed: str) -> None:
    assert found(town, typed)[0] == []


def test_what_it_was_found_by_is_said(town: Store) -> None:
    def by(typed: str) -> str:
        return found(town, typed)[1].matches[0].by

    assert by("polwhevrel") == "school Polwhevral Academy"
    assert by("tr13xy") == "postcode TR1 3XY"
    assert by("zoe@910003.example.org") == "email address zoe@910003.example.org"
    assert by("Zoe 910002") == "participant Zoë Förd 910002"
    assert by("penzance zoe") == "town Penzance and participant Zoë Förd 910007"


def test_two_letters_are_too_few_and_two_figures_are_not(town: Store) -> None:
    assert found(town, "po")[1].too_short
    assert found(town, "08")[0] == ["910008"]


def test_more_than_can_be_shown_says_so(journey: Journey) -> None:
    for number in range(SHOWN):
        Journey(journey.store, NOW).begin(order=f"M-{number}")
    result = found(journey.store, "polwhevral")[1]
    assert (len(result.matches), result.more, result.matches[0].id) == (SHOWN, True, SHOWN + 1), "the newest first"


def texts(session: Session) -> set[tuple[int | str, ...]]:
    return {tuple(row) for table in (SEARCH, LINES) for row in session.execute(select(table))}


def test_it_knows_at_once_of_whatever_changes(town: Store) -> None:
    """And knows nothing else than what would be written anew."""
    journey = Journey.resume(town)
    ada = "zoe@910001.example.org"
    journey._do(participants.correct, ada, name="Ada Quick", new_email="ada@910001.example.org")
    journey._do(contacts.correct, name="Hal Quill", email="hal@910001.example.org")
    register = b"URN,EstablishmentName,EstablishmentStatus\n910004,Trelowen School,Open\n"
    with town.writing() as session:
        import_schools(session, read(BytesIO(register), "gias.csv", limit=1000), now=NOW, mode=Mode.WHOLE)
    for typed, urn in (("ada quick", "910001"), ("hal@910001", "910001"), ("trelowen", "910004")):
        assert found(town, typed)[0][:1] == [urn]
    assert found(town, "zoe 910001")[0] == found(town, "polwhevral academy")[0] == []
    with town.reading() as session:
        kept = texts(session)
    with town.writing() as session:
        write_all(session)
        assert texts(session) == kept


def test_nothing_is_known_of_what_was_not_done_after_all(town: Store) -> None:
    with town.writing() as session:
        email = "hal@910001.example.org"
        contacts.correct(session, 1, name="Hal Quill", email=email, actor=ADVISOR, now=NOW)
        session.rollback()
    assert found(town, "hal quill")[0] == []


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_two_who_change_one_engagement_at_once_both_come_through(town: Store) -> None:
    """As when a register is brought in while somebody corrects a name. SQLite lets one write after the other."""

    def write_it() -> None:
        with town.writing() as session:
            write(session, [1])

    def somebody_waits() -> bool:
        with town.reading() as looking:
            return bool(looking.scalar(waiting))

    here = "wait_event_type = 'Lock' AND datname = current_database()"
    waiting = text(f"SELECT count(*) FROM pg_stat_activity WHERE {here}")
    with ThreadPoolExecutor(1) as other:
        with town.writing() as session:
            write(session, [1])
            second = other.submit(write_it)
            wait_until(lambda: second.done() or somebody_waits(), "the other waiting")
        second.result()
    assert found(town, "st marys bodmin")[0][:1] == ["910001"]


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_no_search_is_answered_by_what_was_planned_for_another(town: Store) -> None:
    """A connection that has been asked something a few times would plan it once for all, for rare words and common ones
    alike."""
    with town.reading() as session:
        for _ in range(12):
            search(session, "polwhevrel acadamy")
        assert (
            session.scalar(text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%text LIKE%'")) == 0
        )


def test_plenty_of_schools_are_enough(town: Store) -> None:
    """Where more schools begin so than can be shown, nothing that says less is looked for; and however many there are,
    the one that says nothing else comes first."""
    with town.writing() as session:
        named = {999: "truro school"} | {1000 + one: f"truro school {one}" for one in range(WEIGHED)}
        session.execute(insert(SEARCH), [{"rowid": one, "text": f"{name}\tS{name}"} for one, name in named.items()])
        session.execute(insert(LINES), [{"id": one, "line": name} for one, name in named.items()])
    with town.reading() as session, counted(town) as asked:
        result = search(session, "Truro School")
    assert (len(asked), result.more, result.matches[0]) == (1, True, Match(999, "school truro school"))
