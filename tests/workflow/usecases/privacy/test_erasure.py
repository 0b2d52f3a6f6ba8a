"""One person is erased: nothing anywhere names them, the history holds, and others lose nothing but the name."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.journeys import ADVISOR, PEOPLE, Journey
from tests.workflow.usecases.privacy.conftest import ADA, NAMED, Home
from workflow.domain.actor import SYSTEM, Actor
from workflow.errors import Conflict, NotAllowed, NotFound
from workflow.queries import audit
from workflow.store.privacy.scrub import scrub
from workflow.store.schema import METADATA
from workflow.store.session import Store
from workflow.store.tables.appointment import Appointment
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.event import Event
from workflow.store.tables.notes.case_note import CaseNoteVersion
from workflow.store.tables.participant import Participant
from workflow.store.tables.sent_email import SentEmail
from workflow.store.tables.user import User
from workflow.usecases.contacts import contacts
from workflow.usecases.privacy import erasure, files
from workflow.usecases.privacy.erasure import Erased


def erase(home: Home, email: str = ADA.email, *, too: bool = False, actor: Actor = SYSTEM) -> Erased:
    """As the console does it: the record, the files beside it, and the freed space."""
    now = home.journey.now + timedelta(days=2)
    with home.store.writing() as session:
        done = erasure.erase(session, email, actor=actor, now=now, certificates_too=too)
    files.erase(files.look(home.places, done.words, done.sha256s), done.words)
    assert scrub(home.store.engine) == ""
    return done


def dumped(store: Store) -> Iterator[tuple[str, str]]:
    """Every row of every table as the database writes it, files among them."""
    with store.engine.connect() as connection:
        for table in (*METADATA.tables, "search_text", "search_text_line"):
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                yield table, " ".join(one.decode("latin-1") if isinstance(one, bytes) else str(one) for one in row)


def naming(store: Store) -> set[str]:
    return {table for table, row in dumped(store) if any(one.decode() in row.lower() for one in NAMED)}


def in_bytes(home: Home) -> list[str]:
    kept, path = home.files(), Path(home.store.engine.url.database or "")
    if home.store.engine.dialect.name == "sqlite":
        kept |= {one.name: one.read_bytes() for one in path.parent.glob(f"{path.name}*")}
    return [name for name, content in kept.items() if any(one in content.lower() for one in NAMED)]


def holds(home: Home) -> tuple[audit.Fault, ...]:
    with home.store.reading() as session:
        return audit.verify(session).faults


def test_nothing_names_them_any_more_in_any_byte(home: Home) -> None:
    before = naming(home.store)
    assert before >= {"participant", "certificate", "message", "case_note_version", "note", "appointment", "draft"}
    assert len(in_bytes(home)) >= 3
    done = erase(home, too=True)
    assert naming(home.store) == set()
    assert in_bytes(home) == []
    assert holds(home) == ()
    (unsure,) = done.stays
    assert unsure.startswith("A first name alone stands in 1 text about a school of theirs.")
    assert done.gone["Certificates"] == 1


def test_a_certificate_in_force_stays_alone_and_the_report_says_so(home: Home) -> None:
    done = erase(home)
    assert naming(home.store) == {"certificate"}
    kept, _ = done.stays
    with home.store.reading() as session:
        one = session.scalars(select(Certificate).where(Certificate.participant_id == 1)).one()
        assert one.name == "Ada Pascoe"
        assert kept.startswith(f"The certificate {one.serial} is in force")
    assert holds(home) == ()


def test_a_certificate_that_goes_too_keeps_what_says_that_it_was_genuine(home: Home) -> None:
    erase(home, too=True)
    with home.store.reading() as session:
        one = session.scalars(select(Certificate).where(Certificate.participant_id == 1)).one()
        assert (one.name, one.pdf, one.phase, one.status) == ("", b"", 1, "issued")
        assert session.get_one(Certificate, 2 if one.id != 2 else 3).name


def test_others_lose_nothing_but_the_name(home: Home) -> None:
    with home.store.reading() as session:
        theirs = session.query(SentEmail).filter_by(to_email=PEOPLE[1].email).count()
    erase(home)
    with home.store.reading() as session:
        assert [one.name for one in session.query(Participant).order_by(Participant.id)] == [
            "Erased person",
            "Bryn Tregear",
            "Cara Nance",
        ]
        assert session.query(CaseNoteVersion).one().text == "[erased] was ill; write to [erased]."
        agreed = session.query(Appointment).filter_by(kind="follow_up_1").one().outputs
        assert agreed == "[erased] leads the induction; Bryn Tregear helps Ada."
        assert session.query(SentEmail).filter_by(to_email=PEOPLE[1].email).count() == theirs > 0
    assert home.log.read_text().startswith("\n2026-01-05 A letter to *********** <**************************> came")
    assert home.log.read_text().endswith("Nothing else.\n")


def test_history_says_with_ids_alone_that_it_was_done(home: Home) -> None:
    erase(home)
    with home.store.reading() as session:
        last = session.scalars(select(Event).order_by(Event.seq.desc()).limit(1)).one()
        assert (last.name, last.actor, last.data) == ("person_erased", "system", {"participants": [1]})


def test_what_would_go_can_be_seen_first_and_changes_nothing(home: Home) -> None:
    before = sorted(dumped(home.store))
    with home.store.looking() as session:
        seen = erasure.erase(session, ADA.email, actor=SYSTEM, now=home.journey.now)
    found = files.look(home.places, seen.words, seen.sha256s)
    assert seen.gone["Experience and evidence"] > 4
    assert len(found.letters) > 1
    assert found.logs == (home.log,)
    assert sorted(dumped(home.store)) == before
    assert erase(home).gone == seen.gone


def test_whoever_has_the_same_name_keeps_theirs(home: Home) -> None:
    with home.store.writing() as session:
        namesake = User(id=9, email="a.p@example.org", name="Ada Pascoe", role="advisor", password_hash="-")
        namesake.created_at = home.journey.now
        session.add(namesake)
    done = erase(home)
    with home.store.reading() as session:
        assert session.query(User).filter_by(email="a.p@example.org").one().name == "Ada Pascoe"
        assert session.query(CaseNoteVersion).one().text.startswith("[erased] was ill")
    assert any("“user_account.name”, which may be somebody else’s" in one for one in done.stays)


def test_who_still_takes_part_has_to_leave_first(named: Journey) -> None:
    with (
        pytest.raises(Conflict, match=f"Ada Pascoe still takes part in {named.reference}"),
        named.store.looking() as session,
    ):
        erasure.erase(session, ADA.email, actor=SYSTEM, now=named.now)
    with (
        pytest.raises(Conflict, match="They are the school lead of"),
        named.store.looking() as session,
    ):
        erasure.erase(session, "jenna@polwhevral.example.org", actor=SYSTEM, now=named.now)
    named.withdraw(ADA.email, "left")
    with named.store.writing() as session:
        erasure.erase(session, ADA.email, actor=SYSTEM, now=named.now)
    assert "participant" not in naming(named.store)


def test_an_account_is_erased_once_it_is_closed(home: Home) -> None:
    with pytest.raises(Conflict, match="has an account that is open"):
        erase(home, "advisor@example.org")
    with home.store.writing() as session:
        session.get_one(User, 1).disabled_at = home.journey.now
    erase(home, "advisor@example.org")
    with home.store.reading() as session:
        user = session.get_one(User, 1)
        assert (user.name, user.email, user.password_hash) == ("Erased person", "account-1@erased.invalid", "")
    assert holds(home) == ()


def test_only_an_administrator_may_and_only_about_somebody_known(home: Home) -> None:
    with pytest.raises(NotAllowed):
        erase(home, actor=ADVISOR)
    with pytest.raises(NotFound, match="is known here"):
        erase(home, "nobody@example.org")


def test_somebody_who_only_spoke_for_a_school_goes_from_there_too(home: Home) -> None:
    """A deputy to the end, and business manager for a while."""
    at, deputy = home.journey.now + timedelta(hours=1), ("Wenna Kitto", "wenna@polwhevral.example.org")
    with home.store.writing() as session:
        for kind in ("deputy", "business_manager"):
            contacts.change(session, home.journey.id, kind, name=deputy[0], email=deputy[1], actor=ADVISOR, now=at)
        contacts.end(session, home.journey.id, "business_manager", actor=ADVISOR, now=at)
    erase(home, deputy[1])
    assert [row for _, row in dumped(home.store) if "wenna" in row.lower()] == []
    assert holds(home) == ()


def test_whoever_speaks_for_a_school_that_goes_on_is_followed_by_somebody_else_first(journey: Journey) -> None:
    with journey.store.writing() as session:
        contacts.change(
            session,
            journey.id,
            "deputy",
            name="Wenna Kitto",
            email="wenna@polwhevral.example.org",
            actor=ADVISOR,
            now=journey.now,
        )
    with journey.store.writing() as session, pytest.raises(Conflict, match="Say who takes over there first"):
        erasure.erase(session, "wenna@polwhevral.example.org", actor=SYSTEM, now=journey.now)
