"""Mistakes in the files of an offer, each with the one sentence that tells it."""

from typing import NamedTuple

from tests.workflow.offer.pages import PAGE, Edit


class Mistake(NamedTuple):
    edit: Edit
    sentence: str


MISTAKES = {
    "people whose list nobody could read": Mistake(
        Edit(PAGE, "[import.staff]", "[offer.staff]"),
        "offer.toml: offer, staff: there is no such key; check its spelling or take it out.",
    ),
    "people who start again where nothing does": Mistake(
        Edit(PAGE, 'to = "training_1"\nby', 'to = "training_1"\npeople = "start_again"\nby'),
        'offer.toml: transition 1 "start_training", people: It leads back to no earlier stage, so nobody starts again '
        "there. Take people out.",
    ),
    "people who start again as nobody can": Mistake(
        Edit(PAGE, 'to = "training_1"\nby', 'to = "training_1"\npeople = ["recognized"]\nby'),
        'offer.toml: transition 1 "start_training", people: There is no status of people who may start again called '
        '"recognized". Did you mean "recognised"?',
    ),
    "what was ever so of what has no rounds": Mistake(
        Edit(PAGE, "{ everyone_decided = true }", "{ everyone_decided = true, ever = true }"),
        'offer.toml: transition 4 "complete_framework", guards 1: everyone_decided is about no meeting, judgement or '
        "approval, so ever says nothing there; leave it out.",
    ),
    "an ever in quotation marks": Mistake(
        Edit(PAGE, '{ approved = "award", waivable', '{ approved = "award", ever = "yes", waivable'),
        'offer.toml: transition 12 "issue_certificates", guards 3: '
        'ever is true or false, without quotation marks, but it is "yes".',
    ),
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
        Edit(PAGE, 'before = "5 school days"', 'before = "5 school dayz"'),
        'offer.toml: timer 1 "school-due-in-five", before: "5 school dayz" is not a length of time. Write a number and '
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
        'The name of an appointment belongs here, and not a list. Did you mean "training_1"?',
    ),
    "a calendar in the wrong file": Mistake(
        Edit(PAGE, "[policy]", '[calendar]\ndue_at = "08:00"\n\n[policy]'),
        "offer.toml: calendar: there is no such key; check its spelling or take it out.",
    ),
    "a price in words": Mistake(
        Edit(PAGE, '"265.00"', '"two hundred"'),
        'offer.toml: offer, price: this takes pounds and pence, such as "265.00", but it is "two hundred".',
    ),
    "a role nobody has": Mistake(
        Edit(PAGE, '\nby = ["lead_advisor"]', '\nby = ["leader"]'),
        'offer.toml: transition 15 "cancel", by 1: '
        '"leader" cannot stand here. '
        'Write "advisor", "lead_advisor", "assessor", "school_lead", "participant" or "system".',
    ),
    "a name that stands twice": Mistake(
        Edit(PAGE, 'name = "council-very-late"', 'name = "council-late"'),
        'offer.toml: timer: "council-late" stands here 2 times; each name may stand once.',
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
        Edit(PAGE, 'after = "40 school days"\ntrigger = "lapse"', 'after = "40 school days"\ntrigger = "laps"'),
        'offer.toml: timer 8 "lapse-unanswered", trigger: There is no trigger called "laps". Did you mean "lapse"?',
    ),
    "a timer that hangs on two things": Mistake(
        Edit(PAGE, 'promise = "school"\nbefore', 'promise = "school"\nstage = "purchase"\nbefore'),
        'offer.toml: timer 1 "school-due-in-five": A timer hangs on one thing: stage = "…", promise = "school" or '
        'at = "an appointment".',
    ),
    "a timer that does not say when": Mistake(
        Edit(PAGE, 'promise = "school"\nbefore = "5 school days"', 'promise = "school"'),
        'offer.toml: timer 1 "school-due-in-five": A timer says when: after = "5 school days" or '
        'before = "5 school days", and not both.',
    ),
    "a timer before a stage begins": Mistake(
        Edit(PAGE, 'stage = "framework"\nafter', 'stage = "framework"\nbefore'),
        'offer.toml: timer 11 "chase-framework": Nobody knows beforehand when a stage begins. Count after it.',
    ),
    "a meeting that is over and over again": Mistake(
        Edit(PAGE, 'at = "*"\nbefore', 'at = "*"\nevery = "1 day"\nbefore'),
        'offer.toml: timer 12 "meeting-in-ten": A meeting takes place once, so nothing about it can be said again and '
        "again.",
    ),
    "a timer about a meeting that is not there": Mistake(
        Edit(PAGE, 'at = "*"', 'at = "training"'),
        'offer.toml: timer 12 "meeting-in-ten", at: There is no appointment called "training". '
        'Did you mean "training_2"?',
    ),
    "a reminder that cannot stand beside others": Mistake(
        Edit("emails/overdue.md", 'summary = "{{ school }}: to {{ promise }} was due by {{ promise_by }}."\n', ""),
        "emails/overdue.md: reminder: A reminder has a summary, one sentence that stands for it beside other "
        "reminders.",
    ),
    "a window that closes before anything is due": Mistake(
        Edit("calendar.toml", 'closes = "16:30"', 'closes = "08:45"'),
        "calendar.toml: calendar: opens, due_at and closes come in that order, so that what falls due may be sent.",
    ),
    "hours for meetings in which nobody can meet": Mistake(
        Edit("calendar.toml", 'meets_until = "18:00"', 'meets_until = "07:00"'),
        "calendar.toml: calendar: meets_from comes before meets_until, so that there is time for a meeting.",
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
        "emails/lapsed.md: body: nothing is written here. Write some words.",
    ),
    "a term that begins on no day": Mistake(
        Edit("calendar.toml", "start = 2023-09-04", 'start = "in September"'),
        'calendar.toml: term 1 "autumn", start: '
        'this takes a day without quotation marks, such as 2026-09-04, but it is "in September".',
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
        'calendar.toml: calendar, region: "kernow" cannot stand here. '
        'Write "england-and-wales", "scotland" or "northern-ireland".',
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
