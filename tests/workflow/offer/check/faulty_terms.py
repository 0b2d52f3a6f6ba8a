"""Faulty pages that a council’s own people could write: money, certificates, phases, columns, meetings and readers."""

from tests.workflow.offer.check.broken_offers import EMAILS, Broken, page
from tests.workflow.offer.pages import MENTORING, PAGE, Edit


def without_terms() -> Edit:
    """The calendar of somebody who has forgotten that schools break up."""
    text = (MENTORING / "calendar.toml").read_text(encoding="utf-8")
    closures = "[[closure]]" + text.partition("[[closure]]")[2]
    return Edit("calendar.toml", None, text.partition("[[term]]")[0] + closures)


TERMS: dict[str, Broken] = {
    "a price of nought with a refund": page(
        'price = "265.00"',
        'price = "0.00"',
        "The price is nought and the policy gives refunds, of nothing. Set the price, or take refund out.",
    ),
    "a colour that white words cannot be read on": page(
        'reference = "CMC"',
        'reference = "CMC"\nbrand = { header = "#f2b632" }',
        "The colour is #f2b632, which is too light: white words on it and links on pale ground have a contrast of 1.7, "
        "and need 4.5. #8c6a1d would do.",
    ),
    "a colour in words": page(
        'reference = "CMC"',
        'reference = "CMC"\nbrand = { accent = "teal" }',
        "The colour is “teal”; write a colour as six digits or letters from a to f, such as #12284c.",
    ),
    "a name that is no line of text": page(
        'reference = "CMC"',
        'reference = "CMC"\nbrand = { name = "=?UTF-8?Q?Libraries" }',
        "The name has “=?” in it, which a mail header may not carry.",
    ),
    "a refund that grows": page(
        "training_1 = 100, training_2 = 50 }",
        "training_2 = 50 }",
        "Cancelling at “training_2” gives back 50 per cent and at “training_1”, before it, 0. "
        "Let refund shrink along the journey.",
    ),
    "a refund of which the policy says nothing": Broken(
        "“cancel” quotes a refund and the policy names none. "
        "Name the shares by stage as refund under [policy], or take refund out.",
        (
            Edit(PAGE, "refund = { purchase = 100, training_1 = 100, training_2 = 50 }", "refund = {}"),
            Edit(f"{EMAILS}cancelled.md", "{{ refund }}", "{{ price }}"),
        ),
    ),
    "a joining that ends nothing": page(
        'join = "join_another"',
        'join = "resume"',
        "The policy join names “resume”, which ends nothing: both engagements would go on. "
        "Name a verb that leads to “cancelled”.",
    ),
    "a certificate for not meeting the standard": Broken(
        "Certificates need the judgement “not_yet_met”, so only those get one who did not meet the standard. "
        "Let needs be judgement = “met”.",
        (
            Edit(PAGE, 'needs = { judgement = "met"', 'needs = { judgement = "not_yet_met"'),
            Edit(
                PAGE,
                '  { judgement = "met", of = "qa_visit", waivable = false },',
                '  { judgement = "not_yet_met", of = "qa_visit", waivable = false },',
            ),
        ),
    ),
    "a certificate that nobody gets": page(
        'effects = [{ certificate = "completed" }, { email = "recognised" }]',
        'effects = [{ email = "recognised" }]',
        "The page says how certificates look and no verb makes any. "
        "Give one the effect certificate = “completed”, or take [certificate] out.",
    ),
    "an earlier certificate where none is renewed": page(
        'title = "Certificate of Recognition"',
        'title = "Certificate of Recognition"\nearlier = "superseded"',
        "The page says what becomes of an earlier certificate, and no verb leads back to an earlier stage, so none is "
        "ever renewed. Take earlier out, or lead back.",
    ),
    "a phase that is left out": page(
        "number = 3", "number = 4", "Phase 4 stands on the page and phase 3 does not. Count from 1, with no gap."
    ),
    "a phase that anybody fits": page(
        "questions = [ # to confirm with the council\n"
        '  "Have they led both mentoring and coaching, with an impact across a school or beyond it?",\n]\n',
        "",
        "Phase 3 has no questions and others have, so it would be suggested to everybody who fits the one before. "
        "Ask what tells it apart.",
    ),
    "questions that decide nothing": page(
        'means = "the standard requirement for all mentors working with teachers"\n',
        'means = "the standard requirement for all mentors working with teachers"\n'
        'questions = ["Do they mentor anybody?"]\n',
        "Phase 1 fits everybody whom no later one fits, so its questions decide nothing. Take them out.",
    ),
    "a column with two meanings": page(
        'lead_name = ["Contact name", "Ordered by", "Lead name"]',
        'lead_name = ["Contact name", "Customer", "Lead name"]',
        "The column “Customer” of purchases is read as school and as lead_name. Leave it to one of them.",
    ),
    "a meeting that no stage has": page(
        '[[appointment]]\nname = "qa_visit"',
        '[[appointment]]\nname = "odd"\ntitle = "Coffee"\nlength = "1 hour"\n\n[[appointment]]\nname = "qa_visit"',
        "No stage has the meeting “odd”, so nobody ever agrees a date for it. "
        "Give a stage appointment = “odd”, or take the meeting out.",
    ),
    "a meeting without the school": page(
        'title = "Follow-up meeting 2"\nlength = "1 hour"\n',
        'title = "Follow-up meeting 2"\nlength = "1 hour"\ninvite = ["advisor"]\n',
        "The meeting “follow_up_2” invites nobody of the school. Name somebody, such as “school_lead”.",
    ),
    "school days without a school year": Broken(
        "The page counts school days and the calendar has no terms, so the summer holidays would count. "
        "Write each as a [[term]].",
        (without_terms(),),
    ),
    "a handover told to nobody": Broken(
        "The policy handover sends “new-advisor” to the participant, and there is none then. Choose others.",
        (
            Edit(f"{EMAILS}new-advisor.md", 'to = ["school_lead"]', 'to = ["participant"]'),
            Edit(f"{EMAILS}new-advisor.md", "{{ status_link }}", "{{ contact }}"),
        ),
    ),
    "a message to the school that stays in the office": Broken(
        "“from-your-advisor” is what an advisor writes to a school and goes to the lead_advisor. "
        "Name somebody of the school in its to.",
        (
            Edit(f"{EMAILS}from-your-advisor.md", 'to = ["school_lead"]', 'to = ["lead_advisor"]'),
            Edit(f"{EMAILS}from-your-advisor.md", "{{ status_link }}", "{{ contact }}"),
        ),
    ),
    "one reader twice": Broken(
        "“overdue” names the school_lead twice in its to. Name each once.",
        (Edit(f"{EMAILS}overdue.md", 'to = ["school_lead"]', 'to = ["school_lead", "school_lead"]'),),
    ),
}
