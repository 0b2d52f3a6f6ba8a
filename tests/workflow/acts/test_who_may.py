"""Who may do an act by its declaration is whom the act lets in: each of them does it, and everybody else is turned
away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import NOW
from tests.journeys import ADVISOR, ASSESSOR, LEAD, PEOPLE, Journey, furnish
from tests.offers.versions.another import with_version
from tests.records import Files, Originals
from workflow.acts.act import occasion, perform
from workflow.acts.registry import ACTS
from workflow.domain.actor import ROLES, SYSTEM, Actor
from workflow.engine.catalogue import Catalogue, offers_of
from workflow.errors import NotAllowed
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases import appointments, certificates, evidence, registers
from workflow.usecases.accounts.credentials.secrets import LinkMaker
from workflow.usecases.certificate_text import to_print
from workflow.usecases.contacts import contacts, proposals
from workflow.usecases.evidence import Decision, EvidencePiece
from workflow.usecases.phases import Basis

ADA = PEOPLE[0].email
ACTORS = {
    "advisor": ADVISOR,
    "lead_advisor": LEAD,
    "assessor": ASSESSOR,
    "finance": Actor("finance", 5),
    "admin": Actor("admin", 6),
    "auditor": Actor("auditor", 7),
    "school_lead": Actor("school_lead"),
    "participant": Actor("participant", participant_id=1),
    "system": SYSTEM,
}
CODES = ("1.1", "1.2", "1.3", "1.4")
SERIAL = "7KQ2-M9RT-WX4H"
#: Which verb or trigger is for whom is the machine's to say, and `engine/test_machine.py` asks it about each.
_BY_EACH_VERB = {"move", "fire"}


@dataclass(frozen=True)
class Ready:
    """How a journey comes to where the act can be done, and what is entered. Callables are given the journey."""

    to: Callable[[Journey], object] = lambda journey: journey.nominate()
    values: dict[str, Any] = field(default_factory=dict)


def _sent(journey: Journey) -> None:
    journey.to("framework")
    journey._do(evidence.send_in, ADA, {code: EvidencePiece("An example.") for code in CODES})


def _missed(journey: Journey) -> None:
    journey.to("training_1").book("training_1")
    journey._do(registers.take_register, "training_1", {PEOPLE[1].email: "present"})


def _offered(journey: Journey) -> None:
    journey.to("training_1")
    journey._do(appointments.offer, "training_1", [journey.now + timedelta(days=22)])


def _certified(journey: Journey) -> None:
    journey.to("recognised")
    with journey.store.writing() as session:
        printed = to_print(session, journey.id, 1, serial=SERIAL, owed_at=journey.now)
        certificates.issue(session, journey.id, 1, printed, b"%PDF", owed_seq=1, now=journey.now)


def _has_a_head(journey: Journey) -> None:
    journey._do(contacts.change, "head", name="Jo Rowe", email="jo@example.org")


def _proposed(journey: Journey) -> None:
    who = {"name": "Jo Rowe", "email": "jo@example.org", "asked_by": "Jenna Rowe", "links": LinkMaker("s")}
    journey._do(proposals.propose, "head", **who, actor=ACTORS["school_lead"])


def _other(journey: Journey) -> str:
    return Journey(journey.store, journey.now).begin(order="SFS-2").reference


def _in_two_versions(journey: Journey) -> None:
    """The offer has a later version, which is sold and to which nothing was moved so far."""
    journey.nominate()
    with journey.store.reading() as session:
        journey.store.tell(offers=with_version(offers_of(session), "2027-09"))


def _soon(journey: Journey) -> Any:
    return journey.now + timedelta(days=31)


KIND = {"kind": "training_1"}
READY = {
    "undo": Ready(values={"reason": "It was another school."}),
    "join": Ready(values={"into": _other, "note": "One school now."}),
    "go_on_at": Ready(values={"urn": "900004"}),
    "change_version": Ready(_in_two_versions, {"version": "mentoring-2027-09", "note": "The new year."}),
    "hand_over": Ready(values={"to": "new@example.org", "note": "Ring first."}),
    "message": Ready(values={"text": "Hello."}),
    "nominate": Ready(values={"name": "Dov Rosen", "email": "dov@polwhevral.example.org", "phase": 1}),
    "confirm_name": Ready(values={"email": ADA}),
    "correct": Ready(values={"email": ADA, "name": "Ada P. Rowe"}),
    "replace": Ready(values={"email": ADA, "name": "Dov Rosen", "new_email": "dov@rosen.example.org", "phase": 1}),
    "transfer": Ready(values={"email": ADA, "reference": _other}),
    "propose_phase": Ready(values={"email": ADA, "phase": 2, "basis": Basis("Six years.")}),
    "agree_phase": Ready(values={"email": ADA, "phase": 2}),
    "book": Ready(values=KIND | {"starts_at": _soon}),
    "book_catch_up": Ready(_missed, KIND | {"starts_at": _soon}),
    "offer_dates": Ready(values=KIND | {"dates": lambda journey: [_soon(journey)]}),
    "choose": Ready(_offered, {"offered": 1}),
    "cancel": Ready(_offered, KIND | {"reason": "weather"}),
    "hold": Ready(lambda journey: journey.to("training_1").book("training_1"), KIND),
    "write_outputs": Ready(lambda journey: journey.to("follow_up_1").meet("follow_up_1"),
                           {"kind": "follow_up_1", "outputs": "A plan."}),
    "register": Ready(lambda journey: journey.to("training_1").book("training_1"), KIND | {"marks": {ADA: "present"}}),
    "catch_up": Ready(_missed, KIND | {"people": {ADA: "Ada"}}),
    "send_in": Ready(lambda journey: journey.to("framework"),
                     {"email": ADA, "pieces": {code: EvidencePiece("An example.") for code in CODES}}),
    "review": Ready(_sent, {"email": ADA, "decisions": {code: Decision(met=True) for code in CODES}}),
    "plan_action": Ready(lambda journey: journey.to("qa_visit").meet("qa_visit"),
                         {"kind": "qa_visit", "what": "Write it down.", "owner": "Jo",
                          "due_on": lambda journey: _soon(journey).date()}),
    "finish_action": Ready(lambda journey: journey.to("qa_visit").meet("qa_visit").plan(), {"number": 1}),
    "revoke": Ready(_certified, {"serial": SERIAL, "reason": "error"}),
    "send_certificate": Ready(_certified, {"serial": SERIAL}),
    "correct_contact": Ready(values={"name": "Jenna Rowe", "email": "j.rowe@polwhevral.example.org"}),
    "change_contact": Ready(values={"contact": "head", "name": "Jo Rowe", "email": "jo@example.org", "how": "other"}),
    "end_contact": Ready(_has_a_head, {"contact": "head"}),
    "accept_contact": Ready(_proposed, {"number": 1}),
    "refuse_contact": Ready(_proposed, {"number": 1}),
    "reissue": Ready(_certified, {"serial": SERIAL, "reason": "name", "name": "Ada R. Pascoe"}),
}  # fmt: skip


class _OnlyTrying(Exception):
    """Ends the transaction of an attempt."""


def let_in(journey: Journey, name: str, role: str, values: dict[str, Any]) -> bool:
    """Whether somebody with this role may do it. Nothing stays done; any other error than NotAllowed is a mistake."""
    try:
        with journey.store.writing() as session:
            on = occasion(session, journey.id, actor=ACTORS[role], now=journey.now)
            perform(ACTS[name], on, **values)
            raise _OnlyTrying
    except NotAllowed:
        return False
    except _OnlyTrying:
        return True


def test_every_act_is_tried() -> None:
    assert set(READY) == set(ACTS) - _BY_EACH_VERB
    assert set(ACTORS) == set(ROLES)


@pytest.mark.parametrize("name", READY)
def test_an_act_lets_in_whom_it_names_and_nobody_else(name: str, alone: Journey, offers: Catalogue) -> None:
    ready = READY[name]
    ready.to(alone)
    values = {key: value(alone) if callable(value) else value for key, value in ready.values.items()}
    admitted = {role for role in ROLES if let_in(alone, name, role, values)}
    assert admitted == set(ACTS[name].roles(offers.latest()))


def _somebody_new(store: Store) -> None:
    furnish(store, NOW)
    with store.writing() as session:
        session.add(User(id=9, email="new@example.org", name="New", role="advisor", password_hash="-", created_at=NOW))


@pytest.fixture
def alone(originals: Originals, files: Files) -> Iterator[Journey]:
    """A journey on SQLite alone: who may is asked before any database is."""
    with originals.copy(files, _somebody_new) as store:
        yield Journey(store, NOW).begin()
