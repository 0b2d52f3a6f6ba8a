"""Whoever looks after the schools invites a reader, for a while, once; and shuts the door again at once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from tests.conftest import NOW
from tests.journeys import ADVISOR, ASSESSOR, LEAD, Journey, furnish
from tests.several_schools import LINKS, MORWENNA, OTHER, TRUST, YEAR, invite, join_trust
from workflow.domain.actor import SYSTEM, Actor
from workflow.errors import BadInput, Conflict, NotAllowed, NotFound
from workflow.store.session import Store
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.access.subject import Subject
from workflow.store.tables.engagement import Engagement
from workflow.usecases.accounts import sessions
from workflow.usecases.accounts.readers import history, invitations, scope
from workflow.usecases.accounts.readers.invitations import PAGE, Invitation
from workflow.usecases.accounts.sessions import Place
from workflow.usecases.elsewhere import school_changes

ADMIN = Actor("admin", 2)


@pytest.fixture
def trust(store: Store) -> Store:
    """Two schools of one trust, one of them taking part and looked after by the advisor."""
    furnish(store, NOW)
    for urn in ("900001", "900004"):
        join_trust(store, urn)
    Journey(store, NOW).begin()
    return store


def told(store: Store, number: int) -> list[str]:
    with store.reading() as session:
        return [one.name for one in history.latest(session, number)]


def test_an_invitation_is_of_a_trust_and_owes_one_letter(trust: Store) -> None:
    done = invite(trust, NOW, trust=TRUST)
    assert (done.reader.trust, done.reader.invited_by, done.schools) == (
        "Three Headlands Trust",
        2,
        ["Polwhevral School"],
    )
    assert done.reader.until > NOW + timedelta(days=365)
    assert (done.letter.purpose, done.letter.to_email, done.letter.reader_id) == (
        "reader_invitation",
        MORWENNA,
        done.reader.id,
    )
    assert told(trust, done.reader.id) == ["invited"]


def test_schools_are_named_by_urn_or_by_a_reference_each_once(trust: Store) -> None:
    with trust.reading() as session:
        reference = session.get_one(Engagement, 1).reference
    done = invite(trust, NOW, schools=(reference.lower(), "900001", " 900004 ", ""))
    with trust.reading() as session:
        assert scope.of(session, done.reader).urns == ("900001", "900004")
        assert scope.told(session, [done.reader]) == {done.reader.id: "Polwhevral School and Trevanick School"}


def test_every_mistake_is_told_at_once(trust: Store) -> None:
    asked = Invitation(" ", "no address", None, ("123456", "nothing"), date(2020, 1, 1))
    with trust.writing() as session, pytest.raises(BadInput) as refused:
        invitations.invite(session, asked, lasts=YEAR, by=LEAD, now=NOW, links=LINKS)
    assert {one.where: one.sentence for one in refused.value.problems}["schools"] == (
        "No school is known by “123456” or “nothing”"
    )
    assert [one.where for one in refused.value.problems] == ["name", "email", "until", "schools"]


@pytest.mark.parametrize(
    ("code", "schools", "where"),
    [
        ("", (), "trust"),
        ("99999", (), "trust"),
        (None, (), "schools"),
        (None, ("900001",) * 2 + tuple(map(str, range(200))), "schools"),
    ],
)
def test_a_scope_that_nobody_knows_is_refused(
    trust: Store, code: str | None, schools: tuple[str, ...], where: str
) -> None:
    with pytest.raises(BadInput) as refused:
        invite(trust, NOW, trust=code, schools=schools)
    assert [one.where for one in refused.value.problems] == [where]


@pytest.mark.parametrize("days", [-1, 367])
def test_it_holds_no_longer_than_it_may_and_not_from_yesterday(trust: Store, days: int) -> None:
    asked = Invitation("Morwenna Hale", MORWENNA, TRUST, last_day=NOW.date() + timedelta(days=days))
    with trust.writing() as session, pytest.raises(BadInput, match="Nobody is invited yet"):
        invitations.invite(session, asked, lasts=YEAR, by=LEAD, now=NOW, links=LINKS)


@pytest.mark.parametrize("by", [LEAD, ADMIN, SYSTEM, ADVISOR])
def test_who_may_invite(trust: Store, by: Actor) -> None:
    assert invite(trust, NOW, trust=TRUST, by=by).reader.id


@pytest.mark.parametrize("role", ["assessor", "finance", "auditor", "school_lead", "participant"])
def test_who_may_not(trust: Store, role: str) -> None:
    number = invite(trust, NOW, trust=TRUST).reader.id
    by = Actor(role, ASSESSOR.user_id)
    acts: list[Callable[..., object]] = [invitations.end, invitations.send_again]
    with trust.writing() as session:
        for act in acts:
            with pytest.raises(NotAllowed):
                act(session, number, by=by, now=NOW, links=LINKS)
    with pytest.raises(NotAllowed):
        invite(trust, NOW, "other@example.org", trust=TRUST, by=by)


def test_an_advisor_invites_for_schools_of_their_own_alone(trust: Store) -> None:
    Journey(trust, NOW).begin(order="SFS-2", urn="900004")
    with trust.writing() as session:
        others = update(Engagement).where(Engagement.school_urn == "900004").values(advisor_id=2)
        session.connection().execute(others)
    for code, schools in ((TRUST, ()), (None, ("900004",)), (None, ("900001", "900004")), (None, ("900002",))):
        with pytest.raises(NotAllowed, match="schools that you look after"):
            invite(trust, NOW, trust=code, schools=schools, by=ADVISOR)
    assert invite(trust, NOW, schools=("900001",), by=ADVISOR).schools == ["Polwhevral School"]


def test_of_a_school_that_comes_back_its_newest_engagement_counts(trust: Store) -> None:
    Journey(trust, NOW).begin(order="SFS-2")
    with trust.writing() as session:
        session.connection().execute(update(Engagement).where(Engagement.id == 1).values(advisor_id=2))
    assert invite(trust, NOW, schools=("900001",), by=ADVISOR).schools == ["Polwhevral School"]


def test_one_invitation_holds_at_a_time_and_one_that_ran_out_makes_room(trust: Store) -> None:
    first = invite(trust, NOW, trust=TRUST).reader
    with pytest.raises(Conflict, match="is invited already"):
        invite(trust, NOW, MORWENNA.upper(), schools=("900001",))
    assert invite(trust, first.until + timedelta(days=1), trust=TRUST).reader.id != first.id
    assert told(trust, first.id) == ["ran_out", "invited"]


def test_ending_it_takes_links_and_sessions_along(trust: Store) -> None:
    gone, stays = invite(trust, NOW, trust=TRUST).reader, invite(trust, NOW, "kit@example.org", trust=TRUST).reader
    with trust.writing() as session:
        for one in (gone, stays):
            whose, until = Subject(reader_id=one.id), NOW + timedelta(hours=1)
            sessions.begin(session, whose, Place("A browser", "unknown"), now=NOW, until=until)
    with trust.writing() as session:
        ended = invitations.end(session, gone.id, by=ADVISOR, now=NOW + timedelta(minutes=1), links=LINKS)
        assert ended.until == ended.ended_at == NOW + timedelta(minutes=1)
    with trust.reading() as session:
        for table in (AccessLetter, WebSession):
            assert session.scalars(select(table.reader_id)).all() == [stays.id]
        with pytest.raises(NotFound):
            invitations.by_address(session, MORWENNA)
    with trust.writing() as session, pytest.raises(Conflict):
        invitations.end(session, gone.id, by=LEAD, now=NOW, links=LINKS)
    assert told(trust, gone.id) == ["ended", "invited"]
    assert invite(trust, NOW, trust=TRUST).reader.id not in (gone.id, stays.id)


@pytest.mark.parametrize(("status", "purposes"), [("owed", []), ("dead", []), ("sent", ["reader_ended"])])
def test_whoever_has_heard_of_an_invitation_is_told_that_it_ended(
    trust: Store, status: str, purposes: list[str]
) -> None:
    done = invite(trust, NOW, trust=TRUST)
    with trust.writing() as session:
        session.connection().execute(update(AccessLetter).values(status=status))
    with trust.writing() as session:
        invitations.end(session, done.reader.id, by=LEAD, now=NOW, links=LINKS)
    with trust.reading() as session:
        assert session.scalars(select(AccessLetter.purpose)).all() == purposes


def test_whose_time_is_up_already_is_told_nothing(trust: Store) -> None:
    done = invite(trust, NOW, trust=TRUST)
    with trust.writing() as session:
        session.connection().execute(update(AccessLetter).values(status="sent"))
        invitations.end(session, done.reader.id, by=LEAD, now=done.reader.until, links=LINKS)
    with trust.reading() as session:
        assert session.scalars(select(AccessLetter)).all() == []


def test_whoever_reads_about_a_school_reads_about_the_one_that_takes_its_place(trust: Store) -> None:
    """Once, also where both were named."""
    one = invite(trust, NOW, schools=("900001",)).reader
    both = invite(trust, NOW, "kit@example.org", schools=("900001", "900004")).reader
    with trust.writing() as session:
        school_changes.succeed(session, "900001", "900004", actor=LEAD, now=NOW)
    with trust.reading() as session:
        for reader in (one, both):
            assert scope.of(session, reader).urns == ("900001", "900004")


def test_another_letter_takes_the_place_of_the_one_before(trust: Store) -> None:
    done = invite(trust, NOW, trust=TRUST)
    with trust.writing() as session:
        invitations.send_again(session, done.reader.id, by=LEAD, now=NOW + timedelta(minutes=1), links=LINKS)
    with trust.reading() as session:
        letters = session.scalars(select(AccessLetter).order_by(AccessLetter.id)).all()
        assert [one.revoked_at is None for one in letters] == [False, True]
    with trust.writing() as session, pytest.raises(Conflict, match="Invite them anew"):
        invitations.send_again(session, done.reader.id, by=LEAD, now=done.reader.until, links=LINKS)


def test_they_are_listed_by_name_in_pages(trust: Store) -> None:
    for number in range(PAGE + 2):
        invite(trust, NOW, f"reader{number}@example.org", trust=TRUST)
    with trust.writing() as session:
        invitations.end(session, 1, by=LEAD, now=NOW, links=LINKS)
    with trust.reading() as session:
        first = invitations.page(session, NOW)
        last = first[PAGE - 1]
        second = invitations.page(session, NOW, after=(last.name, last.id))
        assert (len(first), len(second)) == (PAGE + 1, 1)
        assert [one.id for one in invitations.every(session, NOW)] == [*range(2, PAGE + 3)]
        assert [one.id for one in invitations.every(session, NOW, ended=True)] == [1]


def test_who_reads_about_a_school_follows_its_trust(trust: Store) -> None:
    of_trust, by_name = (
        invite(trust, NOW, trust=TRUST).reader,
        invite(trust, NOW, "kit@e.org", schools=("900001",)).reader,
    )
    with trust.reading() as session:
        both = invitations.of_school(session, "900001", TRUST, NOW)
        assert [one.id for one in both] == [of_trust.id, by_name.id]
        assert [one.id for one in invitations.of_school(session, "900001", OTHER, NOW)] == [by_name.id]
        assert [one.id for one in invitations.of_school(session, "900002", "", NOW)] == []
        assert not invitations.of_school(session, "900001", TRUST, of_trust.until)
