"""The files of a form, by name and content. Browsers send an empty part where nothing was chosen."""

from werkzeug.datastructures import FileStorage, MultiDict


def given_files(files: MultiDict[str, FileStorage]) -> list[tuple[str, bytes]]:
    given = []
    for one in files.getlist("files"):
        with one.stream as stream:
            given += [(one.filename, stream.read())] if one.filename else []
    return given
