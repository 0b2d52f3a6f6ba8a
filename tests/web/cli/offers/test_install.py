"""Installing, showing and giving out offers by the console."""

from pathlib import Path

from tests.web.cli.conftest import Typist
from tests.workflow.usecases.offers.editing import NAME, Folder


def test_what_stands_in_the_folder_is_installed_by_itself(typist: Typist) -> None:
    assert [one["revision"] for one in typist.ask("offer", "list")] == [1]
    assert typist.do("offer", "show", NAME).startswith(f"{NAME}, revision 1, is in use.\n  revision 1: since ")


def test_a_correction_is_installed_shown_and_given_out_again(typist: Typist, tmp_path: Path) -> None:
    typist.ask("offer", "list")
    folder = Folder(tmp_path).change("emails/thank-you.md", "Dear ", "Hello ")
    said = typist.do("offer", "install", str(folder.path), "--as", "system")
    assert said == f"{NAME} is corrected: this is revision 2. What went out before stays as it was.\n"
    rows = typist.ask("offer", "show", NAME)
    assert [(row["revision"], row["by"]) for row in rows] == [(2, "the system"), (1, "the system")]
    for number, greeting in ((1, "Dear "), (2, "Hello ")):
        out = tmp_path / f"out-{number}"
        typist.do("offer", "export", NAME, "--as", "folder", "--revision", str(number), "--to", str(out))
        assert greeting in (out / "emails" / "thank-you.md").read_text(encoding="utf-8")
    again = typist.type("offer", "export", NAME, "--as", "folder", "--to", str(out))
    assert (again.exit_code, "is there already" in again.stderr) == (6, True)


def test_another_version_stands_beside_the_first(typist: Typist, tmp_path: Path) -> None:
    folder = Folder(tmp_path).change("offer.toml", 'version = "2026-09"', 'version = "2027-09"')
    assert "mentoring-2027-09 is installed;" in typist.do("offer", "install", str(folder.path), "--as", "system")
    assert [(one["version"], one["revision"]) for one in typist.ask("offer", "list")] == [
        ("2026-09", 1),
        ("2027-09", 1),
    ]


def test_a_name_nobody_has_and_a_number_it_does_not_have_are_not_found(typist: Typist) -> None:
    result = typist.type("offer", "show", "reading-2026-01")
    assert (result.exit_code, "There is no offer “reading-2026-01” in the record." in result.stderr) == (5, True)
    result = typist.type("offer", "export", NAME, "--as", "folder", "--revision", "7", "--to", "out")
    assert (result.exit_code, "has no revision 7; the newest is 1." in result.stderr) == (5, True)
