"""A page with mistakes is refused whole: every mistake at once, each with its file, its key and what would be right."""

import shutil
from pathlib import Path

import pytest

from tests.workflow.offer.lines import line_told, lines_touched, without_line
from tests.workflow.offer.loading_mistakes import MISTAKES
from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited
from workflow.errors import BadInput
from workflow.offer.loader import load_offer, load_offers

TEN = (
    "a guard nobody knows",
    "a stage that is not there",
    "a misspelt key",
    "a unit of time nobody counts",
    "a missing key",
    "a price in words",
    "a role nobody has",
    "a name that stands twice",
    "an email to nobody",
    "a half term of one day",
)


def problems(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as refused:
        load_offer(folder)
    assert refused.value.sentence == f"The offer in {folder.name} cannot be used. Mend these and try again."
    return [without_line(str(problem)) for problem in refused.value.problems]


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_alone_gives_one_sentence(tmp_path: Path, name: str) -> None:
    assert problems(edited(tmp_path, MISTAKES[name].edit)) == [MISTAKES[name].sentence]


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    edit = MISTAKES[name].edit
    with pytest.raises(BadInput) as refused:
        load_offer(edited(tmp_path, edit))
    (problem,) = refused.value.problems
    line = line_told(problem.where)
    assert line in lines_touched(edit) if line else edit.file != PAGE, problem


def test_ten_mistakes_give_ten_sentences(tmp_path: Path) -> None:
    folder = edited(tmp_path, *(MISTAKES[name].edit for name in TEN))
    assert sorted(problems(folder)) == sorted(MISTAKES[name].sentence for name in TEN)


def test_an_empty_folder_says_which_files_are_missing(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        "offer.toml: the file is missing; every offer has one.",
        "calendar.toml: the file is missing; every offer has one.",
    ]


def test_a_page_that_is_not_toml_says_where_it_breaks(tmp_path: Path) -> None:
    assert problems(edited(tmp_path, Edit(PAGE, None, "[offer\n"))) == [
        "offer.toml: is not TOML: Expected ']' at the end of a table declaration (at line 1, column 7)."
    ]


def test_an_empty_page_says_which_tables_are_missing(tmp_path: Path) -> None:
    assert problems(edited(tmp_path, Edit(PAGE, None, ""))) == [
        f"offer.toml: {table}: this key is missing; write it." for table in ("offer", "stage", "transition", "import")
    ]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("[policy]", "[[policy]]", "offer.toml: policy: "),
        ("[certificate]", "[[certificate]]", "offer.toml: certificate: "),
        ('name = "school-due-in-five"', 'name = ["school-due-in-five"]', "offer.toml: timer 1"),
        ("[offer]\n", "[[offer]]\n", "offer.toml: offer: "),
    ],
)
def test_a_table_of_the_wrong_shape_is_a_sentence_and_not_a_crash(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    assert any(one.startswith(where) for one in problems(edited(tmp_path, Edit(PAGE, old, new))))


def test_an_email_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    folder = edited(tmp_path)
    (folder / "emails" / "lapsed.md").write_bytes(b"+++\nsubject = 'Caf\xe9'\nto = ['head']\n+++\nDear all,\n")
    (only,) = problems(folder)
    assert only == "emails/lapsed.md: cannot be read: its letters are in another encoding. Save it as UTF-8."


def test_every_folder_with_a_page_is_an_offer(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    edited(tmp_path)
    found = load_offers((tmp_path, READING.parent))
    assert sorted(found.offers) == [("mentoring", "2026-09"), ("reading", "2026-01")]


def test_a_folder_with_a_mistake_keeps_no_other_from_being_used(tmp_path: Path) -> None:
    edited(tmp_path, Edit(PAGE, None, "[offer\n"))
    found = load_offers((tmp_path, READING.parent))
    assert [*found.offers] == [("reading", "2026-01")]
    assert found.faults == {
        "mentoring-2026-09": "offer.toml: is not TOML: "
        "Expected ']' at the end of a table declaration (at line 1, column 7)."
    }


def test_several_mistakes_are_counted_after_the_first(tmp_path: Path) -> None:
    edited(tmp_path, Edit(PAGE, None, ""))
    assert load_offers((tmp_path,)).faults["mentoring-2026-09"] == (
        "offer.toml: offer: this key is missing; write it. And 3 other mistakes."
    )


def test_a_page_that_is_a_folder_is_told(tmp_path: Path) -> None:
    folder = edited(tmp_path)
    (folder / "offer.toml").unlink()
    (folder / "offer.toml").mkdir()
    assert load_offers((tmp_path,)).faults == {"mentoring-2026-09": "offer.toml: cannot be read: Is a directory."}


def test_a_copy_of_a_folder_is_the_one_that_is_too_much(tmp_path: Path) -> None:
    folder = edited(tmp_path)
    shutil.copytree(folder, tmp_path / "mentoring-2026-09 (copy)")
    shutil.copytree(folder, tmp_path / "a mentoring-2026-09")
    found = load_offers((tmp_path,))
    assert [*found.offers] == [("mentoring", "2026-09")]
    assert found.faults == dict.fromkeys(
        ("a mentoring-2026-09", "mentoring-2026-09 (copy)"),
        "It holds the offer mentoring-2026-09 a second time. Take it out.",
    )


def test_the_terms_are_put_in_order_whatever_order_the_file_has(tmp_path: Path) -> None:
    calendar = (MENTORING / "calendar.toml").read_text(encoding="utf-8")
    head, *terms = calendar.split("[[term]]")
    *terms, last = terms
    term, closures = last.split("# --- When the council", 1)
    backwards = "[[term]]".join([head, *reversed([*terms, term])]) + "\n# --- When the council" + closures
    shuffled = load_offer(edited(tmp_path, Edit("calendar.toml", None, backwards)))
    assert shuffled.calendar == load_offer(MENTORING).calendar
