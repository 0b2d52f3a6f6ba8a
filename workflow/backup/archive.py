"""The file of a backup: a ZIP with the rows of each table, the offers' folders and a manifest that proves them all."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from workflow.errors import BadInput

_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """`hashes` are of every member by its name, `rows` how many each table has; `made_at` is in UTC."""

    format: int
    program: str
    revision: str
    made_at: str
    rows: dict[str, int]
    hashes: dict[str, str]


class Writer:
    """Puts one together member by member; the manifest comes last."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        self._hashes: dict[str, str] = {}
        self._rows: dict[str, int] = {}

    def table(self, name: str, lines: Iterable[bytes]) -> None:
        count, digest = 0, sha256()
        with self._file.open(f"tables/{name}.jsonl", "w", force_zip64=True) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                count += 1
        self._hashes[f"tables/{name}.jsonl"], self._rows[name] = digest.hexdigest(), count

    def add(self, name: str, content: bytes) -> None:
        self._file.writestr(name, content)
        self._hashes[name] = sha256(content).hexdigest()

    def close(self, *, program: str, revision: str, made_at: str) -> Manifest:
        manifest = Manifest(_FORMAT, program, revision, made_at, self._rows, self._hashes)
        self._file.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=2))
        return manifest


class Reader:
    """Reads one. Raises BadInput for what is no backup, or is not whole."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = ZipFile(path)
            self.manifest = Manifest(**json.loads(self._file.read(_MANIFEST)))
        except (BadZipFile, KeyError, ValueError, TypeError):
            raise BadInput(f"{path} is no backup, or not a whole one. Choose another.") from None
        if self.manifest.format != _FORMAT:
            raise BadInput(f"{path} was made by a later version of this program. Restore it with that one.")

    def prove(self) -> None:
        """Every member is the one that was written, and none leads out of its folder. Raises BadInput naming the first
        that is not, or does."""
        for name in self.manifest.hashes:
            if ".." in PurePosixPath(name).parts or PurePosixPath(name).as_posix() != name:
                raise BadInput(f"The backup has a part called {name}, which no backup of ours has. Choose another.")
        found = set(self._file.namelist()) - {_MANIFEST}
        if found != self.manifest.hashes.keys():
            raise BadInput("The backup has other parts than its manifest says. Choose another.")
        for name, expected in self.manifest.hashes.items():
            if self._hash(name) != expected:
                raise BadInput(f"The part {name} of the backup is not the one that was written. Choose another.")

    def _hash(self, name: str) -> str:
        digest = sha256()
        try:
            with self._file.open(name) as member:
                while chunk := member.read(_CHUNK):
                    digest.update(chunk)
        except BadZipFile:
            return ""
        return digest.hexdigest()

    def lines(self, table: str) -> Iterator[bytes]:
        with self._file.open(f"tables/{table}.jsonl") as member:
            yield from member

    def read(self, name: str) -> bytes:
        return self._file.read(name)

    def under(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """The members in a folder, by their names below it, of what is proved."""
        for name in self.manifest.hashes:
            if name.startswith(f"{folder}/"):
                yield name.removeprefix(f"{folder}/"), self._file.read(name)

    def close(self) -> None:
        self._file.close()


def new(path: Path) -> ZipFile:
    """Raises FileExistsError: a backup is never written over another."""
    path.touch(mode=0o600, exist_ok=False)
    return ZipFile(path, "w", ZIP_DEFLATED)
