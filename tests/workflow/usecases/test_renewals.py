"""A certificate of a later round names the one that it renews, and the page says what becomes of that one."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests.journeys import LEAD
from tests.records import Place
from tests.workflow.engine.going_round import faults, with_page
from tests.workflow.usecases.renewing import REPLACED, SUPERSEDED, Renewing
from workflow.domain.look import USUAL, Look
from workflow.queries.certificate_check import Verdict, verify_file
from workflow.store.history.renewals import Named, renewals
from workflow.store.tables.certificate import Certificate
from workflow.usecases import certificates
from workflow.usecases.certificate_text import Printed
from workflow.usecases.printing.printer import Printer
from workflow.usecases.undo import undo


@pytest.fixture
def stands(place: Place, tmp_path: Path) -> Iterator[Renewing]:
    """The page says nothing of earlier certificates, but that they may be replaced."""
    with with_page(place, tmp_path, REPLACED) as journey:
        yield Renewing(journey, tmp_path)


@pytest.fixture
def superseded(place: Place, tmp_path: Path) -> Iterator[Renewing]:
    with with_page(place, tmp_path, REPLACED, SUPERSEDED) as journey:
        yield Renewing(journey, tmp_path)


def pdf_of(renewing: Renewing, which: int) -> bytes:
    with renewing.journey.store.reading() as session:
        return session.scalars(select(Certificate.pdf).order_by(Certificate.id)).all()[which]


def verdict(renewing: Renewing, pdf: bytes) -> Verdict:
    with renewing.journey.store.reading() as session:
        return verify_file(session, pdf)


def words_of(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def test_the_first_certificate_renews_nothing(stands: Renewing) -> None:
    assert "enews" not in words_of(pdf_of(stands, 0))
    assert stands.renews() == [None]


def test_the_new_one_names_the_one_before_which_stands(stands: Renewing) -> None:
    stands.renew()
    old, new = stands.held()
    assert f"Renews certificate {old.serial} of 2 February 2026." in words_of(pdf_of(stands, 1))
    attached = PdfReader(io.BytesIO(pdf_of(stands, 1))).attachments["recognition.json"][0]
    assert json.loads(attached)["renews"] == old.serial
    assert stands.statuses() == ["issued", "issued"]
    assert verdict(stands, pdf_of(stands, 0)) == verdict(stands, pdf_of(stands, 1)) == Verdict("", ())
    with stands.journey.store.reading() as session:
        told = renewals(session, stands.journey.id)
    assert (told[old.serial].before, told[old.serial].after) == (None, Named(new.serial, new.issued_on))
    assert (told[new.serial].before, told[new.serial].after) == (Named(old.serial, old.issued_on), None)
    assert faults(stands.journey) == []


def test_the_page_may_say_that_the_one_before_is_superseded_and_not_withdrawn(superseded: Renewing) -> None:
    superseded.renew()
    old, new = superseded.held()
    assert superseded.statuses() == ["superseded", "issued"]
    told = (
        f"It was superseded by certificate {new.serial} of 4 January 2028, which renews it, and is no longer current."
    )
    assert verdict(superseded, pdf_of(superseded, 0)) == Verdict(told, ())
    assert f"Renews certificate {old.serial}" in words_of(pdf_of(superseded, 1))
    superseded.renew()
    assert superseded.statuses() == ["superseded", "superseded", "issued"]
    assert superseded.renews() == [None, old.serial, new.serial]
    assert faults(superseded.journey) == []


def test_taking_the_award_back_puts_the_one_before_back(superseded: Renewing) -> None:
    superseded.renew()
    superseded.journey._do(undo.undo, reason="Signed too early.", actor=LEAD)
    superseded.work()
    assert superseded.statuses() == ["issued", "revoked"]
    assert verdict(superseded, pdf_of(superseded, 0)) == Verdict("", ())
    superseded.journey.fire("sign_the_mark", LEAD)
    superseded.work()
    first, _withdrawn, again = superseded.held()
    assert superseded.statuses() == ["superseded", "revoked", "issued"]
    assert superseded.renews()[-1] == first.serial
    assert again.serial in verdict(superseded, pdf_of(superseded, 0)).standing
    assert faults(superseded.journey) == []


def test_one_that_is_printed_anew_for_a_fault_is_of_the_round_of_the_first(stands: Renewing) -> None:
    stands.reissue(0)
    assert stands.renews() == [None, None]
    stands.renew()
    assert stands.renews() == [None, None, stands.held()[1].serial]
    stands.reissue(2)
    first, second, third, _fourth = stands.held()
    assert stands.statuses() == ["superseded", "issued", "superseded", "issued"]
    assert stands.renews() == [None, None, second.serial, second.serial]
    assert third.serial not in words_of(pdf_of(stands, 3))
    assert "replaced" in verdict(stands, pdf_of(stands, 0)).standing, "by fault, and not by a renewal"
    assert first.serial not in words_of(pdf_of(stands, 3))
    assert faults(stands.journey) == []


def test_one_that_was_withdrawn_is_not_renewed(superseded: Renewing) -> None:
    superseded.journey._do(certificates.revoke, superseded.held()[0].serial, reason="error", actor=LEAD)
    superseded.renew()
    assert superseded.statuses() == ["revoked", "issued"]
    assert superseded.renews() == [None, None]


def test_what_changes_while_it_is_printed_is_printed_again(stands: Renewing) -> None:
    """The one before is withdrawn between the printing and the writing down."""
    journey, (first,) = stands.journey, stands.held()

    class Slow(Printer):
        def certificate(self, template: str, printed: Printed, verify_link: str, look: Look = USUAL) -> bytes:
            if stands.statuses() == ["issued"]:
                journey._do(certificates.revoke, first.serial, reason="error", actor=LEAD)
            return super().certificate(template, printed, verify_link, look)

    stands.world = replace(stands.world, printer=Slow())
    stands.renew()
    assert stands.statuses() == ["revoked"], "not with the number of one that was withdrawn"
    journey.now += timedelta(hours=1)
    stands.work()
    assert stands.statuses() == ["revoked", "issued"]
    assert stands.renews() == [None, None]
    assert first.serial not in words_of(pdf_of(stands, 1))
