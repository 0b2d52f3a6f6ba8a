"""A page with mistakes is refused whole: every mistake at once, each with its file, its key and what would be right."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.workflow.pages import MENTORING, PAGE, READING, Edit, edited
from workflow.errors import BadInput
from workflow.loader import load_offer, load_offers


class Mistake(NamedTuple):
    edit: Edit
    sentence: str


MISTAKES = {
    "a guard nobody knows": Mistake(
        Edit(PAGE, "{ everyone_decided", "{ everybody_decided"),
        'offer.toml: transition 4 "complete_framework", guards 1: '
        'There is no guard called "everybody_decided". Did you mean "everyone_decided"?',
    ),
    "an email that is not there": Mistake(
        Edit(PAGE, '{ email = "framework-start" }', '{ email = "framework-begin" }'),
        'offer.toml: transition 3 "complete_training_2", effects 2: '
        'There is no email called "framework-begin". Did you mean "framework-reminder"?',
    ),
    "a stage that is not there": Mistake(
        Edit(PAGE, 'from = "qa_visit"', 'from = "qa_vist"'),
        'offer.toml: transition 7 "check_evidence", from 1: '
        'There is no stage called "qa_vist". Did you mean "qa_visit"?',
    ),
    "an appointment that is not there": Mistake(
        Edit(PAGE, '[{ register_taken = "training_1" }', '[{ register_taken = "training" }'),
        'offer.toml: transition 2 "complete_training_1", guards 1: '
        'There is no appointment called "training". Did you mean "training_2"?',
    ),
    "a misspelt key": Mistake(
        Edit(PAGE, "automatic = true", "automatik = true"),
        'offer.toml: transition 1 "start_training", automatik: '
        "there is no such key; check its spelling or take it out.",
    ),
    "a unit of time nobody counts": Mistake(
        Edit(PAGE, 'after = "5 school days"', 'after = "5 school dayz"'),
        'offer.toml: timer 1 "chase-staff-list", after: "5 school dayz" is not a length of time. Write a number and '
        'a unit, such as "5 school days", where the unit is one of: days, council days, school days.',
    ),
    "a missing key": Mistake(
        Edit(PAGE, 'contact = "recognition@example.org"\n', ""),
        "offer.toml: offer, contact: this key is missing; write it.",
    ),
    "a missing price": Mistake(
        Edit(PAGE, 'price = "265.00"\n', ""), "offer.toml: offer, price: this key is missing; write it."
    ),
    "a list where one name belongs": Mistake(
        Edit(PAGE, '[{ register_taken = "training_1" }', '[{ register_taken = ["training_1"] }'),
        'offer.toml: transition 2 "complete_training_1", guards 1: '
        'There is no appointment called "[\'training_1\']". Did you mean "training_1"?',
    ),
    "a calendar in the wrong file": Mistake(
        Edit(PAGE, "[policy]", '[calendar]\ndue_at = "08:00"\n\n[policy]'),
        "offer.toml: calendar: there is no such key; check its spelling or take it out.",
    ),
    "a price in words": Mistake(
        Edit(PAGE, '"265.00"', '"two hundred"'),
        "offer.toml: offer, price: input should be a valid decimal, but it is 'two hundred'.",
    ),
    "a role nobody has": Mistake(
        Edit(PAGE, '\nby = ["lead_advisor"]', '\nby = ["leader"]'),
        'offer.toml: transition 15 "cancel", by 1: '
        "input should be 'advisor', 'lead_advisor', 'assessor', 'school_lead', 'participant' or 'system', "
        "but it is 'leader'.",
    ),
    "a name that stands twice": Mistake(
        Edit(PAGE, 'name = "award-late"', 'name = "qa-visit-dates-late"'),
        'offer.toml: timer: "qa-visit-dates-late" stands here 2 times; each name may stand once.',
    ),
    "an outcome nobody judges": Mistake(
        Edit(PAGE, 'needs = { judgement = "met"', 'needs = { judgement = "meet"'),
        'offer.toml: certificate, needs: There is no judgement called "meet". Did you mean "met"?',
    ),
    "a judgement of nothing": Mistake(
        Edit(PAGE, 'records = { judgement = "met", of = "qa_visit" }', 'records = { judgement = "met" }'),
        'offer.toml: transition 8 "record_qa_met", records: A judgement is of an appointment; say which with of.',
    ),
    "an approval nobody gives": Mistake(
        Edit(PAGE, '{ approved = "award", waivable = false }', '{ approved = "prize", waivable = false }'),
        'offer.toml: transition 12 "issue_certificates", guards 3: '
        'There is no approval called "prize". Known here: evidence and award.',
    ),
    "a timer's trigger that is not there": Mistake(
        Edit(PAGE, 'trigger = "lapse"\n\n[[timer]]', 'trigger = "laps"\n\n[[timer]]'),
        'offer.toml: timer 3 "lapse-purchase", trigger: There is no trigger called "laps". Did you mean "lapse"?',
    ),
    "a certificate's email that is not there": Mistake(
        Edit(PAGE, 'email = "certificate"', 'email = "certificates"'),
        'offer.toml: certificate, email: There is no email called "certificates". Did you mean "certificate"?',
    ),
    "a template that is not there": Mistake(
        Edit(PAGE, "certificate.typ", "diploma.typ"),
        'offer.toml: certificate, template: there is no file called "diploma.typ" beside the page.',
    ),
    "an amount nobody set": Mistake(
        Edit(PAGE, 'price_paid = "price"', 'price_paid = "prize"'),
        'offer.toml: transition 1 "start_training", guards 3: '
        'There is no amount in [offer] called "prize". Did you mean "price"?',
    ),
    "a kind of effect nobody does": Mistake(
        Edit(PAGE, '{ certificate = "completed" }', '{ diploma = "completed" }'),
        'offer.toml: transition 12 "issue_certificates", effects 1: '
        'There is no kind of effect called "diploma". Known here: email and certificate.',
    ),
    "a certificate for nobody": Mistake(
        Edit(PAGE, '{ certificate = "completed" }', '{ certificate = "complete" }'),
        'offer.toml: transition 12 "issue_certificates", effects 1: '
        'There is no audience for certificates called "complete". Did you mean "completed"?',
    ),
    "two effects in one table": Mistake(
        Edit(
            PAGE, '[{ email = "framework-complete" }]', '[{ email = "framework-complete", certificate = "completed" }]'
        ),
        'offer.toml: transition 4 "complete_framework", effects 1: '
        'An effect is one kind and one name, such as { email = "welcome" }.',
    ),
    "two guards in one table": Mistake(
        Edit(PAGE, "{ order_matched = true }", "{ order_matched = true, lead_named = true }"),
        'offer.toml: transition 1 "start_training", guards 1: '
        "A guard's table names one guard; this one names order_matched and lead_named.",
    ),
    "a guard that is switched off": Mistake(
        Edit(PAGE, "{ order_matched = true }", "{ order_matched = false }"),
        'offer.toml: transition 1 "start_training", guards 1: '
        "order_matched takes true; leave the guard out if it does not apply.",
    ),
    "a guard that is only a word": Mistake(
        Edit(PAGE, "{ order_matched = true }", '"order_matched"'),
        'offer.toml: transition 1 "start_training", guards 1: A guard is a table, such as { order_matched = true }.',
    ),
    "a waiver in quotation marks": Mistake(
        Edit(PAGE, '{ approved = "award", waivable = false', '{ approved = "award", waivable = "false"'),
        'offer.toml: transition 12 "issue_certificates", guards 3: '
        'waivable is true or false, without quotation marks, but it is "false".',
    ),
    "an email to nobody": Mistake(
        Edit("emails/qa-action.md", '["school_lead"]', '["school_leed"]'),
        'emails/qa-action.md: to 1: There is no audience called "school_leed". Did you mean "school_lead"?',
    ),
    "an email whose front matter is not TOML": Mistake(
        Edit("emails/lapsed.md", 'subject = "Your', "subject = Your"),
        "emails/lapsed.md: cannot be read: Invalid value (at line 1, column 11).",
    ),
    "an email without front matter": Mistake(
        Edit("emails/lapsed.md", None, "Dear {{ name }},\n"),
        "emails/lapsed.md: cannot be read: it must begin with its subject and its audiences between two lines of +++.",
    ),
    "an email with nothing in it": Mistake(
        Edit("emails/lapsed.md", None, '+++\nsubject = "Lapsed"\nto = ["head"]\n+++\n'),
        "emails/lapsed.md: body: string should have at least 1 character, but it is ''.",
    ),
    "a term that begins on no day": Mistake(
        Edit("calendar.toml", "start = 2023-09-04", 'start = "in September"'),
        'calendar.toml: term 1 "autumn", start: '
        "input should be a valid date or datetime, invalid character in year, but it is 'in September'.",
    ),
    "a half term of one day": Mistake(
        Edit("calendar.toml", "[2023-10-23, 2023-10-27]", "[2023-10-23]"),
        'calendar.toml: term 1 "autumn", half_term: '
        "Half term is two days, the first and the last, such as [2026-10-26, 2026-10-30].",
    ),
    "a half term outside its term": Mistake(
        Edit("calendar.toml", "[2023-10-23, 2023-10-27]", "[2024-10-23, 2024-10-27]"),
        'calendar.toml: term 1 "autumn": a term begins, breaks for half term and ends, in that order.',
    ),
    "a closure that ends before it begins": Mistake(
        Edit("calendar.toml", "end = 2023-12-29", "end = 2023-11-29"),
        'calendar.toml: closure 1 "Christmas closure 2023": it ends before it begins.',
    ),
    "a region without bank holidays": Mistake(
        Edit("calendar.toml", "england-and-wales", "kernow"),
        "calendar.toml: calendar, region: "
        "input should be 'england-and-wales', 'scotland' or 'northern-ireland', but it is 'kernow'.",
    ),
    "a time zone nobody keeps": Mistake(
        Edit("calendar.toml", "Europe/London", "Europe/Truro"),
        'calendar.toml: calendar, timezone: There is no time zone called "Europe/Truro". '
        'One looks like "Europe/London".',
    ),
    "an hour in words": Mistake(
        Edit("calendar.toml", '"09:00"', '"nine"'),
        'calendar.toml: calendar, due_at: "nine" is not a time of day. Write one such as "09:00".',
    ),
    "an empty calendar": Mistake(
        Edit("calendar.toml", None, ""), "calendar.toml: calendar: this key is missing; write it."
    ),
    "a calendar that is not TOML": Mistake(
        Edit("calendar.toml", None, "[calendar\n"),
        "calendar.toml: is not TOML: Expected ']' at the end of a table declaration (at line 1, column 10).",
    ),
}
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
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_alone_gives_one_sentence(tmp_path: Path, name: str) -> None:
    assert problems(edited(tmp_path, MISTAKES[name].edit)) == [MISTAKES[name].sentence]


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
        f"offer.toml: {table}: this key is missing; write it."
        for table in ("offer", "phase", "stage", "transition", "import")
    ]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("[policy]", "[[policy]]", "offer.toml: policy: "),
        ("[certificate]", "[[certificate]]", "offer.toml: certificate: "),
        ('name = "chase-staff-list"', 'name = ["chase-staff-list"]', "offer.toml: timer 1"),
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
    assert only.startswith("emails/lapsed.md: cannot be read: 'utf-8' codec can't decode byte 0xe9")


def test_every_folder_with_a_page_is_an_offer(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    edited(tmp_path)
    found = load_offers((tmp_path, READING.parent))
    assert sorted(found) == [("mentoring", "2026-09"), ("reading", "2026-01")]


def test_the_terms_are_put_in_order_whatever_order_the_file_has(tmp_path: Path) -> None:
    calendar = (MENTORING / "calendar.toml").read_text(encoding="utf-8")
    head, *terms = calendar.split("[[term]]")
    *terms, last = terms
    term, closures = last.split("# --- When the council", 1)
    backwards = "[[term]]".join([head, *reversed([*terms, term])]) + "\n# --- When the council" + closures
    shuffled = load_offer(edited(tmp_path, Edit("calendar.toml", None, backwards)))
    assert shuffled.calendar == load_offer(MENTORING).calendar
