"""A record in which one person stands wherever anybody can stand: with letters sent, files, certificates and logs."""

import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import ADVISOR, ASSESSOR, PEOPLE, Journey
from workflow.documents.evidence_file import inspect
from workflow.domain.actor import Actor
from workflow.store.session import Store
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.requests.data_request import DataRequest
from workflow.store.tables.requests.draft import Draft
from workflow.store.tables.requests.receipt import Receipt
from workflow.store.tables.uploads.upload import Upload
from workflow.store.tables.user import User
from workflow.usecases import advisors, evidence
from workflow.usecases.evidence import Decision, EvidencePiece
from workflow.usecases.notes import case_notes
from workflow.usecases.people import unsent_files
from workflow.usecases.privacy.places import Places

ADA = PEOPLE[0]
NAMED = (b"pascoe", b"ada@polwhevral")
_LOG = "\n2026-01-05 A letter to Ada  Pascoe <ada@polwhevral.example.org> came back.\nNothing else.\n"


@dataclass
class Home:
    store: Store
    places: Places
    journey: Journey

    @property
    def log(self) -> Path:
        return self.places.home / "log" / "worker.log.1"

    def files(self) -> dict[str, bytes]:
        """Every byte that is kept beside the database."""
        return {str(one): one.read_bytes() for one in self.places.home.rglob("*") if one.is_file()}


def _picture() -> bytes:
    """With her name in it, as cameras and scanners write one."""
    said, file = PngInfo(), io.BytesIO()
    said.add_text("Author", "Ada Pascoe")
    Image.new("RGB", (2, 2)).save(file, "PNG", pnginfo=said)
    return file.getvalue()


def _write_about(journey: Journey) -> None:
    """What others say of her: in a note, a letter to the school, agreed outputs, and forms."""
    journey._do(advisors.write_to_school, "We look forward to meeting ada pascoe.")
    with journey.store.writing() as session:
        text, author = "Ada\nPascoe was ill; write to ADA@polwhevral.example.org.", session.get_one(User, 2)
        case_notes.write(session, journey.id, text, "council", author=author, now=journey.now)
        session.add(Receipt(key="k" * 64, told_text="The phase of Ada Pascoe is agreed.", at=journey.now))
        fields = {"text": ["Ada Pascoe and others"], "other": ["nobody"]}
        draft = Draft(page="p", form="f", about="", seen=0, fields=fields, version=1, changed_at=journey.now, user_id=2)
        session.add(draft)
        content = "name,email\nAda Pascoe,ada@polwhevral.example.org\n".encode("utf-16")
        said = "Ada Pascoe is written with an e."
        asked = DataRequest(participant_id=1, kind="correction", said=said, asked_at=journey.now, due_at=journey.now)
        session.add(asked)
        upload = Upload(kind="staff", about=journey.reference, name="staff.csv", content=content, user_id=2)
        upload.created_at = journey.now
        session.add(upload)


@pytest.fixture
def home(journey: Journey, world: World, store: Store, tmp_path: Path, maildir: Path) -> Home:
    """Ada is recognised and holds a certificate; the journey is at its end."""
    journey.to("framework")
    with store.writing() as session:
        chosen = {"1.1": inspect([("Ada Pascoe board.png", _picture())], 10**6)}
        unsent_files.keep(session, 1, chosen, 5, journey.now)
    codes = ("1.1", "1.2", "1.3", "1.4")
    files = (("Ada Pascoe diary.png", _picture()),)
    pieces = {code: EvidencePiece("I, Ada Pascoe, did it.", files) for code in codes}
    journey._do(evidence.send_in, ADA.email, pieces, actor=Actor("participant", participant_id=1))
    told = {code: Decision(met=True, text="Well done, Ada Pascoe.") for code in codes}
    journey._do(evidence.review, ADA.email, told, actor=ASSESSOR)
    for person in PEOPLE[1:]:
        journey.evidence(person, met=True)
    _write_about(journey)
    journey.meet("follow_up_1", outputs="Ada Pascoe leads the induction; Bryn Tregear helps Ada.")
    journey.fire("complete_follow_up_1", actor=ADVISOR)
    journey.to("recognised")
    for _ in range(3):
        pass_once(world, journey.now + timedelta(days=1))
    here = Home(store, Places(tmp_path, maildir), journey)
    here.log.parent.mkdir()
    here.log.write_text(_LOG)
    with store.reading() as session:
        assert session.query(Certificate).filter_by(status="issued").count() == len(PEOPLE)
    return here
