"""The shipped page, broken on purpose in forty ways and more: what is changed, and what a person must then read."""

from typing import NamedTuple

from tests.workflow.offer.pages import PAGE, Edit, without_timers

EMAILS = "emails/"
TRAINED = "after start_training, complete_training_1, complete_training_2"
MET = f"{TRAINED}, complete_framework, complete_follow_up_1, complete_follow_up_2 then record_qa_met"
VISITED = f"{TRAINED}, complete_framework, complete_follow_up_1 then complete_follow_up_2"
END = "# --- What time does"


class Broken(NamedTuple):
    """One or more edits, and one sentence that must be among what is said."""

    sentence: str
    edits: tuple[Edit, ...]


def page(old: str, new: str, sentence: str, *more: Edit) -> Broken:
    return Broken(sentence, (Edit(PAGE, old, new), *more))


def also(words: str, sentence: str) -> Broken:
    """Something more on the page."""
    return page(END, f"{words}\n\n{END}", sentence)


def timer(stage: str, after: str, does: str) -> str:
    return f'[[timer]]\nname = "odd"\nstage = "{stage}"\nafter = "{after}"\n{does}'


def way(name: str, *lines: str) -> str:
    words = f'title = "Odd {name}"\ndone = "Odd {name} done"\nschool = "Odd {name} for you"'
    return "\n".join([f'[[transition]]\ntrigger = "{name}"', words, *lines])


SUBMIT = (
    'verb = "submit"\ntitle = "Send in evidence"\ndone = "Evidence sent in"\n'
    'from = ["nominated", "training", "working", "returned"]\nto = "submitted"'
)
COMPLETE = (
    'title = "Record as completed"\ndone = "Completed the framework"\n'
    'from = ["nominated", "training", "working", "submitted", "in_review", "returned"]\nto = "completed"'
)
RETURN = (
    'verb = "return"\ntitle = "Return the evidence"\ndone = "Evidence returned"\nfrom = "in_review"\nto = "returned"'
)
RECOGNISE = 'from = "completed"\nto = "recognised"\nby = ["system"]'
REVOKE = (
    'verb = "revoke"\ntitle = "Withdraw"\ndone = "Withdrawn"\nfrom = "issued"\nto = "revoked"\nby = ["lead_advisor"]'
)
BOOK = 'verb = "book"\ntitle = "Agree a date"'
HOLD = 'verb = "hold"\ntitle = "Record that it took place"\ndone = "Held"\nfrom = "booked"\nto = "held"'
START = '  { staff_nominated = "minimum_staff" },\n]\neffects'
CERTIFICATE = 'effects = [{ certificate = "completed" }, { email = "recognised" }]'

BROKEN: dict[str, Broken] = {
    # --- the big journey ---
    "a stage nothing leads to": also(
        '[[stage]]\nname = "limbo"\ntitle = "Limbo"\nschool = "Wait"\n'
        'promise = { owner = "council", within = "5 days", to = "write" }',
        "No path leads to the stage “limbo”. Add a transition to it, or take it out.",
    ),
    "a stage that is a trap": page(
        'from = "certification"\nto = "recognised"',
        'from = "certification"\nto = "qa_visit"',
        "No path leads to the stage “recognised”. Add a transition to it, or take it out.",
    ),
    "a stage that only the school may leave": page(
        'from = "follow_up_1"\nto = "follow_up_2"\nby = ["advisor", "lead_advisor"]',
        'from = "follow_up_1"\nto = "follow_up_2"\nby = ["school_lead"]',
        f"At the stage “follow_up_1” ({TRAINED} then complete_framework) nobody can act and no timer escalates.",
        without_timers(),
    ),
    "two automatic ways that lead round": also(
        way(
            "odd",
            'from = "training_2"',
            'to = "training_1"',
            'by = ["system"]',
            "automatic = true",
            "guards = [{ school_open = true }]",
        ),
        "At the stage “training_1” the automatic complete_training_1 then odd lead round in a circle.",
    ),
    "an automatic way back beside the way on": also(
        way(
            "odd",
            'from = "framework"',
            'to = "training_1"',
            'by = ["system"]',
            "automatic = true",
            "guards = [{ school_open = true }]",
        ),
        "At the stage “training_1” the automatic complete_training_1, complete_training_2 then odd lead round in a "
        "circle.",
    ),
    "an automatic trigger that asks for a note": page(
        'effects = [{ email = "training-1-complete" }]',
        'effects = [{ email = "training-1-complete" }]\nnote = "Why?"',
        "“complete_training_1” is automatic and asks for a note or a value, which nobody would be there to give.",
    ),
    # --- guards that can never hold ---
    "more staff than an order has places": page(
        "minimum_staff = 3",
        "minimum_staff = 30",
        "“start_training” waits for 30 staff and an order has 12 places, so staff_nominated can never hold.",
    ),
    "a yes that is wanted before anybody can say it": page(
        "guards = [{ everyone_decided = true }",
        'guards = [{ approved = "award" }, { everyone_decided = true }',
        f"“complete_framework” ({TRAINED.replace(', complete_training_2', ' then complete_training_2')}) waits for "
        "approved = “award”, which nothing records on the way there. Record it at that stage or before.",
    ),
    "a judgement that nothing records": page(
        'records = { judgement = "met", of = "qa_visit" }',
        'records = { judgement = "deferred", of = "qa_visit" }',
        f"“issue_certificates” ({MET}) waits for judgement = “met”, which nothing records on the way there. "
        "Record it at that stage or before.",
    ),
    "approved and not approved at once": page(
        '{ not_approved = "award", waivable = false }',
        '{ not_approved = "award", waivable = false }, { approved = "award" }',
        "“approve_award” wants the award approved and not approved at once. Take one out.",
    ),
    "a guard about one person on the whole journey": page(
        "guards = [{ everyone_decided = true }",
        "guards = [{ criteria_met = true }, { everyone_decided = true }",
        "“complete_framework” has the guard criteria_met, which is about one person. It belongs to a [[move]].",
    ),
    "a second person where nobody asks": page(
        '{ approved = "award", waivable = false },',
        '{ approved = "award", waivable = false },\n  { second_person = "qa_visit" },',
        "“issue_certificates” is automatic, and its guard second_person is about who asks: nobody does. Take one out.",
    ),
    "a meeting that can never be held": page(
        HOLD,
        HOLD.replace('to = "held"', 'to = "cancelled"'),
        "“complete_follow_up_1” waits for an appointment that is held, which no verb leads to. Add one.",
    ),
    "people who can never complete": page(
        COMPLETE,
        COMPLETE.replace('to = "completed"', 'to = "withdrawn"'),
        "“complete_framework” waits for a participant that is completed, which no verb leads to. Add one.",
        Edit(PAGE, 'from = "in_review"\nto = "completed"', 'from = "in_review"\nto = "withdrawn"'),
    ),
    # --- judgements and certificates ---
    "a certificate nobody judged": page(
        '  { judgement = "met", of = "qa_visit", waivable = false },\n',
        "",
        f"“issue_certificates” makes certificates ({MET}) without the guard judgement = “met”.",
    ),
    "a certificate that a reason could get": page(
        '{ judgement = "met", of = "qa_visit", waivable = false },',
        '{ judgement = "met", of = "qa_visit" },',
        "“issue_certificates” makes certificates; its guard judgement must have waivable = false.",
    ),
    "a certificate straight after training": page(
        'effects = [{ email = "training-2-complete" }, { email = "framework-start" }]',
        'effects = [{ certificate = "completed" }]',
        "“complete_training_2” makes certificates (after start_training then complete_training_1) without the guard "
        "judgement = “met”.",
    ),
    "a certificate from a timer": also(
        timer("framework", "5 days", 'effects = [{ certificate = "completed" }]'),
        "The timer “odd” makes certificates, which only a transition with their guard may.",
    ),
    "a certificate for completing, whatever the visit says": page(
        'guards = [{ phase_agreed = true }, { criteria_met = true }]\neffects = [{ email = "evidence-accepted" }]',
        'guards = [{ phase_agreed = true }, { criteria_met = true }]\neffects = [{ certificate = "completed" }]',
        "“accept” of a participant makes certificates, which only a transition with their guard may.",
    ),
    "a judgement of no visit": page(
        'guards = [{ awaiting_judgement = "qa_visit", waivable = false }, { not_lead_advisor = true }]',
        "guards = [{ not_lead_advisor = true }]",
        "“record_qa_met” records a judgement; it must have the guard awaiting_judgement = “qa_visit” with "
        "waivable = false.",
    ),
    "certificates that are never issued": page(
        'from = "draft"\nto = "issued"',
        'from = "draft"\nto = "revoked"',
        "“issue_certificates” makes certificates, and no verb leads a certificate to issued. Add one.",
    ),
    # --- timers ---
    "a timer that does nothing": also(
        timer("framework", "5 days", "effects = []"), "The timer “odd” does nothing. Give it effects or a trigger."
    ),
    "a timer that may not fire its trigger": also(
        timer("framework", "5 days", 'trigger = "cancel"'),
        "The timer “odd” fires “cancel”, which the system may not fire at “framework”.",
    ),
    "a timer that leads round": page(
        END,
        way(
            "odd_back",
            'from = "framework"',
            'to = "training_1"',
            'by = ["system"]',
            "guards = [{ school_open = true }]",
        )
        + "\n\n"
        + timer("framework", "5 days", 'trigger = "odd_back"')
        + f"\n\n{END}",
        "At the stage “training_1” complete_training_1, complete_training_2 then the timer odd lead round by "
        "themselves, for ever.",
    ),
    "a timer that arms itself again": page(
        END,
        way("again", 'from = "framework"', 'by = ["system"]', 'timers = "rearm"')
        + "\n\n"
        + timer("framework", "5 days", 'trigger = "again"')
        + f"\n\n{END}",
        "The timer “odd” fires “again”, which arms it again: it would fire for ever.",
    ),
    "a warning after the end": page(
        'after = "25 school days"',
        'after = "45 school days"',
        "The timer “warn-of-lapse” comes after “lapse-unanswered” has ended the engagement. Let it come before.",
    ),
}
