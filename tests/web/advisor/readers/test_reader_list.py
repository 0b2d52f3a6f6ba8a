"""Who is invited to read about several schools, what became of it, and how the door is shut."""

from datetime import timedelta

from sqlalchemy import func, select, update

from tests.journeys import ADVISOR, Journey
from tests.queries_counted import counted
from tests.several_schools import MORWENNA, TRUST, invite, join_trust
from tests.web.conftest import NOON, Clock
from tests.web.readers import let_in
from tests.web.visitor import PASSWORD, Visitor
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.session import WebSession
from workflow.usecases.accounts import members
from workflow.usecases.accounts.readers import invitations
from workflow.usecases.accounts.readers.invitations import PAGE

LIST = "/advisor/readers"


def test_without_anybody_it_says_what_to_do(lead: Visitor) -> None:
    assert "Nobody is invited. Invite whoever is responsible for several schools" in lead.open(LIST).words
    assert "No invitation has ended." in lead.open(f"{LIST}?which=ended").words


def test_it_says_of_which_schools_until_when_and_when_they_were_last_in(
    journey: Journey, lead: Visitor, anybody: Visitor
) -> None:
    join_trust(journey.store, "900001")
    invite(journey.store, NOON, "kit@example.org", schools=("900001",), by=ADVISOR)
    let_in(anybody, trust=TRUST)
    words = lead.open(LIST).words
    assert "Reads about Polwhevral School Invited by The advisor Until 6 October 2026 Last time in Not yet" in words
    assert "Reads about The schools of Three Headlands Trust Invited by The lead_advisor" in words
    assert "Last time in 6 October 2025 at 12pm" in words


def test_whoever_is_ended_is_out_at_once_and_stands_among_the_ended(
    journey: Journey, advisor: Visitor, anybody: Visitor
) -> None:
    join_trust(journey.store, "900001")
    let_in(anybody, trust=TRUST)
    assert anybody.open("/schools").answer.status_code == 200
    advisor.post(f"{LIST}/1/end", advisor.open(LIST).fields(f"{LIST}/1/end"))
    assert advisor.answer.location == f"{LIST}/1"
    words = advisor.follow().words
    assert "The invitation of Morwenna Hale has ended. They are out, and no link of theirs holds any more." in words
    assert "Ended By Tamsin Rowe" in words
    assert "Came in By Morwenna Hale" in words
    assert anybody.open("/schools").answer.location == "/school/"
    with journey.store.reading() as session:
        mine = select(func.count()).where(WebSession.reader_id.is_not(None))
        assert session.scalar(mine) == 0
    assert "Nobody is invited." in advisor.open(LIST).words
    assert MORWENNA in advisor.open(f"{LIST}?which=ended").words
    token = advisor.fields("/sign-out")
    assert advisor.post(f"{LIST}/1/end", token).answer.status_code == 409
    assert advisor.post(f"{LIST}/1/again", token).answer.status_code == 409
    assert advisor.post(f"{LIST}/1/no-such-act", token).answer.status_code == 404
    assert advisor.post(f"{LIST}/9/end", token).answer.status_code == 404
    assert advisor.open(f"{LIST}/9").answer.status_code == 404


def test_another_letter_is_sent_by_a_button_and_not_by_its_second_press(
    journey: Journey, lead: Visitor, clock: Clock
) -> None:
    join_trust(journey.store, "900001")
    invite(journey.store, NOON, trust=TRUST)
    clock.now += timedelta(minutes=1)
    hidden = lead.open(f"{LIST}/1").fields(f"{LIST}/1/again")
    lead.post(f"{LIST}/1/again", hidden)
    assert "A letter to Morwenna Hale is on its way." in lead.post(f"{LIST}/1/again", hidden).words
    assert "Another letter to Morwenna Hale is on its way." in lead.words
    assert lead.open(f"{LIST}/1").words.count("Sent another letter By Denzil Hocking") == 1


def test_a_letter_that_is_on_its_way_or_came_back_is_told(journey: Journey, lead: Visitor) -> None:
    invite(journey.store, NOON, schools=("900001",))
    assert "A letter to them is on its way." in lead.open(f"{LIST}/1").words
    for status, words in (("dead", f"The last letter to {MORWENNA} could not be delivered."), ("sent", "")):
        with journey.store.writing() as session:
            session.connection().execute(update(AccessLetter).values(status=status))
        said = lead.open(f"{LIST}/1").words
        assert words in said
        assert "on its way" not in said


def test_one_that_ran_out_stands_among_the_ended(journey: Journey, clock: Clock, lead: Visitor) -> None:
    invite(journey.store, NOON, schools=("900001",))
    clock.now = NOON.replace(year=2026, month=10, day=8)
    lead.sign_in("lead_advisor.web@example.org")
    assert MORWENNA in lead.open(f"{LIST}?which=ended").words
    assert "This invitation does not hold any more." in lead.open(f"{LIST}/1").words


def test_an_auditor_reads_and_has_no_buttons(journey: Journey, store: Store, anybody: Visitor) -> None:
    invite(journey.store, NOON, schools=("900001",))
    with store.writing() as session:
        members.add(session, "auditor@example.org", name="Aud", role="auditor", password=PASSWORD, now=NOON)
    anybody.sign_in("auditor@example.org")
    for page in (LIST, f"{LIST}/1"):
        text = anybody.open(page).answer.text
        assert "Morwenna Hale" in text
        assert f'action="{LIST}' not in text


def test_a_long_list_is_read_in_pages_with_the_same_work_for_each(journey: Journey, lead: Visitor) -> None:
    invite(journey.store, NOON, "first@example.org", schools=("900001",))
    with counted(journey.store) as short:
        lead.open(LIST)
    for number in range(PAGE + 1):
        invite(journey.store, NOON, f"{number}@example.org", schools=("900001", "900004"))
    with counted(journey.store) as long:
        lead.open(LIST)
    assert len(long) == len(short)
    assert "first@example.org" in lead.words
    lead.open(lead.link("More readers"))
    assert f"{PAGE}@example.org" in lead.words
    assert "first@example.org" not in lead.words
    with journey.store.reading() as session:
        assert len(invitations.page(session, NOON)) == PAGE + 1
