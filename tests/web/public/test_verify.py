"""Anybody may check a certificate, and learns what stands on it."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from workflow.domain.actor import SYSTEM
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant
from workflow.usecases import certificates
from workflow.usecases.certificate_text import serial_for, to_print
from workflow.usecases.privacy import erasure

PDF = b"%PDF-1.7 as it was sent"


@pytest.fixture
def serial(journey: Journey) -> str:
    """The number of Ada's certificate."""
    journey.to("recognised")
    serial = serial_for("a key", "a secret")
    with journey.store.writing() as session:
        ada = session.query(Participant).filter_by(name="Ada Pascoe").one().id
        printed = to_print(session, journey.id, ada, serial=serial, owed_at=journey.now)
        certificates.issue(session, journey.id, ada, printed, PDF, owed_seq=1, now=journey.now)
    return serial


def _mark(journey: Journey, status: str) -> None:
    with journey.store.writing() as session:
        session.query(Certificate).update({"status": status})


def test_a_genuine_certificate_shows_what_it_says_and_no_more(anybody: Visitor, journey: Journey, serial: str) -> None:
    words = anybody.open(f"/verify/{serial}").words
    assert "Genuine and current" in words
    for fact in (
        "Ada Pascoe",
        "An Effective Mentor",
        "Polwhevral School",
        "7 October 2028",
        "Cornwall Council",
        serial,
    ):
        assert fact in words
    for private in ("ada@", "jenna", journey.reference, "Bryn"):
        assert private not in anybody.answer.text


def test_one_that_ran_out_is_genuine_and_no_longer_current(anybody: Visitor, clock: Clock, serial: str) -> None:
    clock.now += timedelta(days=3 * 365 + 3)
    assert "No longer current This certificate is genuine. It ran out on" in anybody.open(f"/verify/{serial}").words


@pytest.mark.parametrize(("status", "sentence"), [("revoked", "have withdrawn it"), ("superseded", "newer one")])
def test_one_that_was_withdrawn_or_replaced_says_so(
    anybody: Visitor, journey: Journey, serial: str, status: str, sentence: str
) -> None:
    _mark(journey, status)
    words = anybody.open(f"/verify/{serial}").words
    assert sentence in words
    assert "Genuine and current" not in words


def test_unknown_numbers_and_drafts_are_not_found_in_the_same_words(
    anybody: Visitor, journey: Journey, serial: str
) -> None:
    unknown = anybody.open("/verify/2222-2222-2222").words
    assert anybody.answer.status_code == 404
    assert "There is no certificate with this number." in unknown
    _mark(journey, "draft")
    assert anybody.open(f"/verify/{serial}").words == unknown


TYPED: dict[str, Callable[[str], str]] = {
    "small letters": str.lower,
    "no hyphens": lambda one: one.replace("-", ""),
    "spaces": lambda one: f" {one.replace('-', ' ')} ",
    "dashes": lambda one: one.replace("-", "–"),
    "a full stop behind": lambda one: f"{one}.",
    "a slash behind": lambda one: f"{one}/",
    "in brackets": lambda one: f"<{one.lower()}>",
    "as it is printed": lambda one: f"No. {one}",
    "a whole link": lambda one: f"https://recognition.example.org/verify/{one}",
    "a link and a full stop": lambda one: f"See http://abcd.efgh.mnpq/verify/{one.lower()}.",
}


@pytest.mark.parametrize("how", TYPED.values(), ids=TYPED)
def test_the_number_may_be_typed_in_any_way(anybody: Visitor, serial: str, how: Callable[[str], str]) -> None:
    anybody.answer = anybody.client.get("/verify/", query_string={"serial": how(serial)})
    assert anybody.answer.location == f"/verify/{serial}"
    anybody.answer = anybody.client.get(f"/verify/{quote(how(serial))}", follow_redirects=True)
    assert anybody.answer.request.path == f"/verify/{serial}"
    assert "Genuine and current" in anybody.words


@pytest.mark.parametrize("typed", ["7KQ2-M9RT-WX4", "7KQ2-M9RT-WX4HH", "X7KQ2-M9RT-WX4H", "<b>what</b>", "a/b", "%00"])
def test_an_address_without_a_number_asks_for_it(anybody: Visitor, typed: str) -> None:
    words = anybody.open(f"/verify/{typed}").words
    assert anybody.answer.status_code == 404
    assert "Enter the certificate number as it is printed" in words
    assert "<b>" not in anybody.answer.text


def test_what_is_no_number_is_asked_for_again(anybody: Visitor) -> None:
    anybody.answer = anybody.client.get("/verify/", query_string={"serial": "<b>what</b>"})
    assert anybody.answer.status_code == 422
    assert "Enter the certificate number as it is printed" in anybody.words
    assert "<b>" not in anybody.answer.text


def test_an_advisor_downloads_the_bytes_that_were_sent(advisor: Visitor, case: str, serial: str) -> None:
    assert "Ada Pascoe: An Effective Mentor (PDF)" in advisor.open(f"{case}/people").words
    advisor.open(f"{case}/certificate/{serial}")
    assert advisor.answer.data == PDF
    assert advisor.answer.mimetype == "application/pdf"
    assert advisor.answer.headers["Content-Disposition"] == f'attachment; filename="certificate-{serial}.pdf"'


def test_a_certificate_belongs_to_one_engagement(advisor: Visitor, journey: Journey, serial: str) -> None:
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    advisor.open(f"/advisor/engagement/{other.reference}/certificate/{serial}")
    assert advisor.answer.status_code == 404


def test_one_whose_holder_was_erased_is_still_genuine_and_says_no_name(
    anybody: Visitor, journey: Journey, serial: str
) -> None:
    with journey.store.writing() as session:
        erasure.erase(session, "ada@polwhevral.example.org", actor=SYSTEM, now=journey.now)
    assert "Ada Pascoe" in anybody.open(f"/verify/{serial}").words, "it is in force"
    with journey.store.writing() as session:
        (kept,) = session.query(Certificate).filter_by(serial=serial)
        address = session.get_one(Participant, kept.participant_id).email
        erasure.erase(session, address, actor=SYSTEM, now=journey.now, certificates_too=True)
    words = anybody.open(f"/verify/{serial}").words
    for said in (
        "Genuine and current",
        "An Effective Mentor",
        serial,
        "The name was erased, as its holder asked us to",
    ):
        assert said in words
    assert "Pascoe" not in words
