"""What an offer's folder holds, as it goes into the record: every file by its path, and one digest of all."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from workflow.english import count_of
from workflow.errors import BadInput, Problem

#: A page with fifty emails has sixty files and 200 kB; a picture for the certificate may be larger than all of these.
_FILES, _BYTES = 500, 2_000_000
_WHAT = "The folder {name} cannot be installed. Mend this and try again."


def read_files(folder: Path) -> dict[str, bytes]:
    """Contents by path, with `/` between folders. Hidden files are no part of an offer.

    Raises BadInput where something could not be brought back as it is: a link, a name without letters, too much.
    """
    paths = [path for path in sorted(folder.rglob("*")) if not _is_hidden(path.relative_to(folder))]
    problems = [*_problems(folder, paths)]
    if problems:
        raise BadInput(_WHAT.format(name=folder.name), tuple(problems))
    try:
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    except OSError as error:
        problem = Problem(str(error.filename or folder.name), f"cannot be read: {error.strerror}.")
        raise BadInput(_WHAT.format(name=folder.name), (problem,)) from None
    size = sum(map(len, found.values()))
    if size > _BYTES:
        told = f"holds {size / 1e6:.1f} MB; an offer has at most {_BYTES / 1e6:.0f} MB. Make its pictures smaller."
        raise BadInput(_WHAT.format(name=folder.name), (Problem(folder.name, told),))
    return found


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _problems(folder: Path, paths: list[Path]) -> Iterator[Problem]:
    files = [path for path in paths if not path.is_dir()]
    if len(files) > _FILES:
        yield Problem(folder.name, f"holds {count_of(len(files), 'file')}; an offer has at most {_FILES}.")
    for path in paths:
        name = path.relative_to(folder).as_posix()
        readable = name.encode(errors="replace").decode()
        if readable != name:
            yield Problem(readable, "has a name that is not written in letters. Give it another.")
        elif path.is_symlink():
            yield Problem(name, "is a link to somewhere else. Put the file itself here.")
        elif not path.is_dir() and not path.is_file():
            yield Problem(name, "is no file. Take it out.")


def digest_of(files: Mapping[str, str]) -> str:
    """One digest of digests by path: the same for folders that hold the same."""
    lines = "".join(f"{digest} {path}\n" for path, digest in sorted(files.items()))
    return sha256(lines.encode()).hexdigest()


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of each file's content."""
    return {path: sha256(content).hexdigest() for path, content in files.items()}
