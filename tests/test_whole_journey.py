"""The whole of it, as a council would live it: a row in the portal's export becomes certificates in a mailbox.

The console writes to PostgreSQL, Celery's workers and beat run in processes of their own over Redis, and the emails go
to a real SMTP server. Nothing here knows how any of it works inside.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import programs
from tests.servers import Mailbox, new_database, redis_server, smtp_server, wait_until
from web.cli.console import recognition
from web.cli.context import CliContext

#: Tests that start programs wait for each other: two at once would be four or five on two processors.
pytestmark = pytest.mark.xdist_group("programs")

SERVICE = "Mentoring, coaching and leadership recognition"
PORTAL_EXPORT = f"""Order number,Service,School URN,Net price,Order date,Contact name,Contact email
SFS-20001,"{SERVICE}",900001,£265.00,14/09/2026,Jenna Rowe,jenna@polwhevral.example.org
SFS-20002,Governor training,900001,£80.00,14/09/2026,Jenna Rowe,jenna@polwhevral.example.org
"""
REGISTER = """URN,LA (name),EstablishmentName,EstablishmentStatus (name),PhaseOfEducation (name),Town,Postcode,CloseDate
900001,Cornwall,Polwhevral School,Open,Primary,Nanskerris,TR99 1AA,
"""
STAFF = """Name,Email,Phase
Ada Pascoe,ada.pascoe@polwhevral.example.org,1
Bryn Tregear,bryn.tregear@polwhevral.example.org,2
Cara Nance,cara.nance@polwhevral.example.org,1
"""
PEOPLE = ("ada.pascoe", "bryn.tregear", "cara.nance")


@dataclass
class Council:
    """What the people at the council have: a console and a mailbox to look into."""

    settings: dict[str, str]
    folder: Path
    box: Mailbox

    def types(self, *arguments: str, typed: str | None = None) -> str:
        """What the console says, asked in this process: starting one for each command is most of a minute."""
        done = CliRunner().invoke(recognition, arguments, obj=CliContext(), env=self.settings, input=typed)
        assert done.exit_code == 0, f"recognition {' '.join(arguments)}\n{done.output}"
        return done.stdout

    def runs(self, *arguments: str) -> str:
        """What the program says that is installed as `recognition`."""
        done = programs.console(self.settings, *arguments)
        assert done.returncode == 0, f"recognition {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def case(self, ref: str) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self.types("engagement", "show", ref, "--json"))
        return shown

    def stage(self, ref: str) -> str:
        return str(self.case(ref)["stage"])

    def letters(self) -> list[EmailMessage]:
        read = BytesParser(EmailMessage, policy=policy.default)
        return [read.parsebytes(one.original_content or b"") for one in self.box.received]

    def waits_for(self, subject: str, copies: int = 1) -> list[EmailMessage]:
        def found() -> list[EmailMessage]:
            return [letter for letter in self.letters() if subject in str(letter["Subject"])]

        wait_until(lambda: len(found()) >= copies, f"{copies} emails about “{subject}”")
        return found()


@pytest.fixture
def council(postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Council]:
    for name in programs.own_settings():
        monkeypatch.delenv(name)
    with redis_server(tmp_path) as redis, smtp_server() as (mail_url, box):
        settings = programs.environment(
            tmp_path,
            database_url=new_database(postgresql_url, "whole_journey"),
            broker_url=redis.url,
            mail_url=mail_url,
            secret_key="w" * 40,
        )
        council = Council(settings, tmp_path, box)
        council.runs("db", "upgrade")
        worker = programs.worker(settings, tmp_path / "worker.log")
        beat = programs.beat(settings, tmp_path / "beat.log", tmp_path / "schedule")
        with programs.running(worker, beat):
            yield council


def as_(name: str) -> tuple[str, str]:
    return "--as", f"{name}@example.org"


def sign_up(council: Council) -> None:
    for name, role in (("advisor", "advisor"), ("lead", "lead_advisor"), ("assessor", "assessor")):
        council.types(
            "user",
            "add",
            f"{name}@example.org",
            "--role",
            role,
            "--name",
            name,
            "--password-stdin",
            typed="a long enough password\n",
        )


def buy(council: Council) -> str:
    """The order comes with the portal's export, beside orders for other things. Returns the reference."""
    council.types("import", "schools", council.file("schools.csv", REGISTER))
    council.types("import", "purchases", council.file("orders.csv", PORTAL_EXPORT), *as_("advisor"))
    (line,) = json.loads(council.types("engagement", "list", "--json"))
    council.waits_for("tell us who is taking part")
    return str(line["ref"])


def train(council: Council, ref: str) -> None:
    """The school names its staff; two sessions are held and their registers taken. Each step moves by itself."""
    council.types("import", "staff", ref, council.file("staff.csv", STAFF), *as_("advisor"))
    for session in ("training_1", "training_2"):
        assert council.stage(ref) == session
        council.types("appointment", "book", ref, session, "2026-10-05T13:00", "--anyway", *as_("advisor"))
        council.types("appointment", "register", ref, session, "--all-present", *as_("advisor"))


def complete_the_framework(council: Council, ref: str) -> None:
    for person in PEOPLE:
        council.types("participant", "complete", ref, f"{person}@polwhevral.example.org", *as_("advisor"))


def follow_up(council: Council, ref: str) -> None:
    """Two meetings, and what was agreed at each."""
    for meeting in ("follow_up_1", "follow_up_2"):
        assert council.stage(ref) == meeting
        council.types("appointment", "book", ref, meeting, "2026-10-12T15:30", "--anyway", *as_("advisor"))
        agreed = ("--outputs", "A mentoring lead in every phase.")
        council.types("appointment", "hold", ref, meeting, *agreed, *as_("advisor"))
        council.types("fire", ref, f"complete_{meeting}", *as_("advisor"))


def visit_and_approve(council: Council, ref: str) -> None:
    """The assessor judges the visit, the names are confirmed, and a second person approves the award."""
    council.types("fire", ref, "check_evidence", *as_("advisor"))
    council.types("appointment", "book", ref, "qa_visit", "2026-11-09T10:00", "--anyway", *as_("advisor"))
    council.types("appointment", "hold", ref, "qa_visit", *as_("advisor"))
    council.types("fire", ref, "record_qa_met", *as_("assessor"))
    for person in PEOPLE:
        council.types("participant", "confirm", ref, f"{person}@polwhevral.example.org", *as_("advisor"))
    assert council.stage(ref) == "certification"
    council.types("fire", ref, "approve_award", *as_("lead"))


def test_from_a_row_in_a_csv_to_certificates_in_a_mailbox(council: Council) -> None:
    sign_up(council)
    ref = buy(council)
    train(council, ref)
    complete_the_framework(council, ref)
    follow_up(council, ref)
    visit_and_approve(council, ref)
    assert (council.stage(ref), council.case(ref)["standing"]) == ("recognised", "completed")

    # Each of them finds a certificate in the mailbox, and anyone can check that it is genuine.
    letters = council.waits_for("Certificate of Recognition", copies=3)
    assert {str(letter["To"]) for letter in letters} == {
        "Ada Pascoe <ada.pascoe@polwhevral.example.org>",
        "Bryn Tregear <bryn.tregear@polwhevral.example.org>",
        "Cara Nance <cara.nance@polwhevral.example.org>",
    }
    for letter in letters:
        (attached,) = letter.iter_attachments()
        (council.folder / "certificate.pdf").write_bytes(attached.get_content())
        assert "genuine" in council.types("certificate", "verify", str(council.folder / "certificate.pdf"))

    # Nothing is left owing but thanks, which wait for working hours; every email stands in the case; the history is
    # whole.
    wait_until(lambda: {one["name"] for one in council.case(ref)["owed"]} <= {"thank-you"}, "nothing left owing")
    case = council.case(ref)
    thanks = [one for one in case["messages"] if one["subject"].startswith("Thank you for taking part")]
    assert len(case["messages"]) == len(council.letters()) == 23 + len(thanks)
    council.runs("audit", "verify", ref)
