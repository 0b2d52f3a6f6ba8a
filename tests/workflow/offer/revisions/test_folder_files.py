"""A folder as it goes into the record."""

from pathlib import Path

import pytest

from workflow.errors import BadInput
from workflow.offer.revisions.folder_files import digest_of, digests_of, read_files


def refused(folder: Path) -> str:
    with pytest.raises(BadInput) as wrong:
        read_files(folder)
    (problem,) = wrong.value.problems
    return str(problem)


def test_hidden_files_are_no_part_of_it_and_one_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    for name, text in {"a.md": "1", "emails/b.md": "2", ".git/config": "3", "emails/.b.md.swp": "4"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    files = read_files(tmp_path)
    assert files == {"a.md": b"1", "emails/b.md": b"2"}
    digests = digests_of(files)
    swapped = {"a.md": digests["emails/b.md"], "emails/b.md": digests["a.md"]}
    assert len({digest_of(digests), digest_of(swapped), digest_of({"a.md": digests["a.md"]})}) == 3


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").symlink_to("/etc/hostname")
    assert refused(tmp_path) == "logo.png: is a link to somewhere else. Put the file itself here."


def test_too_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"0" * 2_100_000)
    assert refused(tmp_path).endswith("holds 2.1 MB; an offer has at most 2 MB. Make its pictures smaller.")
    (tmp_path / "logo.png").unlink()
    for number in range(501):
        (tmp_path / f"{number}.md").touch()
    assert refused(tmp_path).endswith("holds 501 files; an offer has at most 500.")
