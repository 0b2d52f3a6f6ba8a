"""The files of a form, by name and content. Browsers send an empty part where nothing was chosen."""

from collections.abc import Collection

from flask import g, request
from werkzeug.datastructures import FileStorage, MultiDict

from workflow.documents.evidence_file import EvidenceFile, inspect


def given_files(files: MultiDict[str, FileStorage]) -> list[tuple[str, bytes]]:
    given = []
    for one in files.getlist("files"):
        with one.stream as stream:
            given += [(one.filename, stream.read())] if one.filename else []
    return given


def look_into(codes: Collection[str], limit: int) -> None:
    """The files of these criteria, each of at most so many bytes. It takes a while, so it is for pages to do before
    they lock anything, and is done once: what was found is there for the rest of the request."""
    if "looked_into" in g:
        return
    named = [(code, file) for code in codes for file in _of_criterion(code)]
    g.looked_into = dict[str, tuple[EvidenceFile | str, ...]]()
    for (code, _), found in zip(named, inspect([file for _, file in named], limit), strict=True):
        g.looked_into[code] = (*looked_into(code), found)


def _of_criterion(code: str) -> list[tuple[str, bytes]]:
    return [(one.filename, one.read()) for one in request.files.getlist(f"files-{code}") if one.filename]


def looked_into(code: str) -> tuple[EvidenceFile | str, ...]:
    """Each as it may be kept, or the sentence why not. Nothing where nobody has looked."""
    found: tuple[EvidenceFile | str, ...] = g.get("looked_into", {}).get(code, ())
    return found
