"""A file is what its content says it is, and what could run or cannot be read is refused in a sentence."""

import sys
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from web.forms.saved_file import disposition
from workflow.documents.evidence_file import NAME_LIMIT, EvidenceFile, inspect
from workflow.documents.evidence_kinds import MEDIA_TYPES, media_type

LIMIT = 10_000_000


def pdf(*, script: str = "", password: str = "", pages: int = 1) -> bytes:
    writer, made = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def word(*more: str, content: bytes = b"<w:document/>") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            packed.writestr(name, content)
    return made.getvalue()


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    made = BytesIO()
    Image.new("1", size).convert("L").save(made, kind)
    return made.getvalue()


KEPT = [
    ("plan.pdf", pdf(), "application/pdf"),
    ("Plan.PDF", pdf(), "application/pdf"),
    ("notes.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("board.jpg", picture("JPEG"), "image/jpeg"),
    ("board.jpeg", picture("JPEG"), "image/jpeg"),
    ("board.png", picture("PNG"), "image/png"),
]


def test_what_people_usually_send_is_kept() -> None:
    found = inspect([(name, content) for name, content, _ in KEPT], LIMIT)
    assert [one for one in found if isinstance(one, str)] == []
    kept = [(one.name, one.content, one.media_type) for one in found if isinstance(one, EvidenceFile)]
    assert kept == KEPT
    assert {kind for _, _, kind in KEPT} == MEDIA_TYPES


REFUSED = [
    ("a.pdf", b"", "“a.pdf” is empty. Choose the file again."),
    ("a.pdf", pdf() + b" " * LIMIT, "“a.pdf” is larger than 10 MB. Make it smaller, or send it in parts."),
    ("a.pdf", picture("PNG"), "“a.pdf” is called a PDF and is not one."),
    ("a.pdf", b"<html>" + pdf(), "“a.pdf” is called a PDF and is not one."),
    (
        "a.pdf",
        pdf(script="app.alert(1)"),
        "“a.pdf” has a script, a form that sends what is typed, or another",
    ),
    ("a.pdf", pdf(password="x"), "“a.pdf” is protected by a password. Send it without one."),
    ("a.pdf", b"%PDF-1.7\nnothing more", "“a.pdf” is damaged. Make the PDF again and send the new one."),
    ("a.doc", b"\xd0\xcf\x11\xe0", "“a.doc” is a kind of Word file that can carry macros."),
    ("a.docx", b"\xd0\xcf\x11\xe0", "“a.docx” is protected by a password or is an old Word file."),
    ("a.docx", pdf(), "“a.docx” is called a Word document and is not one."),
    ("a.docx", word("word/vbaProject.bin"), "“a.docx” has a macro or a program in it."),
    ("a.docx", word("word/embeddings/oleObject1.bin"), "“a.docx” has a macro or a program in it."),
    ("a.docx", word("word/activeX/activeX1.xml"), "“a.docx” has a macro or a program in it."),
    ("a.docx", word("big", content=b"0" * 70_000_000), "“a.docx” unpacks to more than any document."),
    ("a.png", b"<svg onload='alert(1)'>", "“a.png” is called a picture and is a web page."),
    ("a.png", picture("PNG")[:40], "“a.png” is damaged, or is not the picture its name says."),
    ("a.png", picture("JPEG"), "“a.png” is damaged, or is not the picture its name says."),
    ("a.png", picture("PNG", (9_000, 9_000)), "“a.png” has far more detail than a screen can show."),
    ("a.svg", b"<svg/>", "“a.svg” is not a kind of file we can keep."),
    ("a.html", b"<html>", "“a.html” is not a kind of file we can keep."),
    ("a", pdf(), "“a” is not a kind of file we can keep."),
    ("a.pdf.exe", pdf(), "“a.pdf.exe” is not a kind of file we can keep."),
]


def test_what_cannot_be_kept_is_refused_in_a_sentence() -> None:
    told = map(str, inspect([(name, content) for name, content, _ in REFUSED], LIMIT))
    begins = [sentence for _, _, sentence in REFUSED]
    assert [pair for pair in zip(told, begins, strict=True) if not pair[0].startswith(pair[1])] == []


def test_nothing_is_asked_of_a_child_that_has_nothing_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nothing/there")
    assert inspect([], LIMIT) == []


@given(content=st.binary(max_size=300), ending=st.sampled_from(["pdf", "docx", "jpg", "png", "exe"]))
def test_no_bytes_ever_raise_anything_but_a_sentence(content: bytes, ending: str) -> None:
    starts = {"pdf": b"%PDF-1.4\n", "docx": b"PK\x03\x04", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
    try:
        told = media_type(f"a.{ending}", starts.get(ending, b"") + content)
    except ValueError as refused:
        told = str(refused)
    assert told in MEDIA_TYPES or told.startswith("“a.")


NAMES = [
    ("C:\\Users\\jo\\plan.pdf", "plan.pdf"),
    ("../../etc/plan.pdf", "plan.pdf"),
    ("pl\r\nan\x00.pdf", "plan.pdf"),
    ("x" * 300 + ".pdf", "x" * (NAME_LIMIT - 4) + ".pdf"),
]


def test_a_name_is_shown_without_its_path_and_whatever_cannot_be_seen() -> None:
    found = inspect([(given, pdf()) for given, _ in NAMES], LIMIT)
    assert [one.name for one in found if isinstance(one, EvidenceFile)] == [shown for _, shown in NAMES]


def test_a_file_is_always_a_download_and_its_name_adds_no_header() -> None:
    header = disposition('Zoë "plan"\r\nSet-Cookie: a=b.pdf')
    assert header.startswith("attachment; filename=\"Zo_ _plan___Set-Cookie_ a_b.pdf\"; filename*=UTF-8''Zo%C3%AB")
    assert "\r" not in header
    assert "\n" not in header
