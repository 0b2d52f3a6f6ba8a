"""Faulty pages that a council’s own people could write: verbs, rounds, standings and judgements."""

from tests.workflow.offer.check.broken_offers import END, TRAINED, Broken, also, page, way
from tests.workflow.offer.pages import PAGE, Edit

SECOND = '{ second_person = "qa_visit", waivable = false }'


def stage(name: str, *lines: str) -> str:
    title = name.replace("_", " ").capitalize()
    return "\n".join([f'[[stage]]\nname = "{name}"\ntitle = "{title}"\nschool = "{title} with us"', *lines])


def odd(*lines: str) -> str:
    return way("odd", *lines)


ROUND = "\n\n".join(
    (
        stage("rest"),
        stage("rethink"),
        way("odd_in", 'from = "framework"', 'to = "rest"', 'by = ["advisor"]'),
        way("odd_on", 'from = "rest"', 'to = "rethink"', 'by = ["advisor"]'),
        way("odd_back", 'from = "rethink"', 'to = "rest"', 'by = ["advisor"]'),
        way("odd_out", 'from = "rest"', 'to = "follow_up_1"', 'by = ["advisor"]'),
    )
)

AGAIN = odd('from = "certification"', 'to = "qa_visit"', 'by = ["lead_advisor"]', "guards = [{ lead_named = true }]")

JOURNEYS: dict[str, Broken] = {
    # --- rounds and stages ---
    "a loop that never asks again": also(
        ROUND,
        "From the stage “rest” odd_on then odd_back lead round, and on the way nobody is asked for anything. "
        "Give a stage of it a promise or a meeting, or one of the verbs a guard.",
    ),
    "a stage where nobody owes anything": also(
        stage("rest")
        + "\n\n"
        + way("odd_in", 'from = "framework"', 'to = "rest"', 'by = ["advisor"]')
        + "\n\n"
        + way("odd_out", 'from = "rest"', 'to = "follow_up_1"', 'by = ["advisor"]', "guards = [{ lead_named = true }]"),
        f"At the stage “rest” ({TRAINED} then odd_in) nobody owes "
        "anything and no timer speaks, so it is forgotten. Write who owes what as its promise.",
    ),
    "a verb after the end": page(
        'from = "certification"\nby = ["lead_advisor", "assessor"]',
        'from = ["certification", "recognised"]\nby = ["lead_advisor", "assessor"]',
        "“approve_award” starts from “recognised”, which is final, and there it can never be said. "
        "Take it out of its from.",
    ),
    "a verb that changes nothing": also(
        odd('from = "framework"', 'by = ["advisor"]'),
        "“odd” changes nothing and tells nobody. Give it a to, something it records, or an effect.",
    ),
    # --- standings ---
    "a hold that nobody ends": page(
        'standing = { from = ["on_hold"], to = "active" }\nby = ["advisor", "lead_advisor"]\ntimers = "resume"',
        'standing = { from = ["lapsed"], to = "active" }\nby = ["advisor", "lead_advisor"]\ntimers = "rearm"',
        "“hold” puts the journey on hold and no verb leads on from there. "
        "Add one with standing = { from = [“on_hold”], to = “active” }.",
    ),
    "a hold that ends at some stages only": page(
        'from = "*"\nstanding = { from = ["on_hold"], to = "active" }',
        'from = ["purchase", "training_1", "training_2", "framework", "follow_up_1", "follow_up_2", "certification"]\n'
        'standing = { from = ["on_hold"], to = "active" }',
        "“hold” puts the journey on hold at “qa_visit” and no verb leads on from there. "
        "Add one with standing = { from = [“on_hold”], to = “active” }.",
    ),
    "a hold in which the clocks run on": page(
        'timers = "suspend"\n',
        "",
        "“hold” puts the journey on hold and lets its clocks run on. Give it timers = “suspend”.",
    ),
    "a return to clocks that stand still": page(
        'timers = "resume"\n',
        "",
        "“resume” ends a hold and leaves the clocks suspended. Give it timers = “resume” or “rearm”.",
    ),
    "an end after which the clocks run on": page(
        'by = ["lead_advisor", "system"]\ntimers = "drop"',
        'by = ["lead_advisor", "system"]\ntimers = "keep"',
        "“lapse” ends the journey and lets its clocks run on. Give it timers = “drop”.",
    ),
    "a second chance without a clock": page(
        'timers = "rearm"\n',
        "",
        "“reopen” opens again what was lapsed or cancelled and starts no clock. Give it timers = “rearm”.",
    ),
    "dates called off on the way": page(
        'timers = "suspend"\n',
        'timers = "suspend"\ncalls_off = "ended"\n',
        "“hold” calls off every date ahead and the journey goes on without them. Take calls_off out.",
    ),
    # --- what stands twice ---
    "two buttons with the same words": page(
        'title = "Let it lapse"',
        'title = "Put on hold"',
        "“hold” and “lapse” have the same title where both may be said, so nobody can tell their buttons apart. "
        "Word one of them otherwise.",
    ),
    "two stages with the same words": page(
        'name = "training_2"\ntitle = "Training session 2"',
        'name = "training_2"\ntitle = "Training session 1"',
        "The stages “training_1” and “training_2” have the same title, so nobody can tell them apart. "
        "Word one of them otherwise.",
    ),
    "a way that is never taken": page(
        END,
        way("odd", 'from = "framework"', 'to = "follow_up_1"', 'by = ["advisor"]')
        + "\n\n"
        + way("odd", 'from = "framework"', 'to = "qa_visit"', 'by = ["advisor"]', "guards = [{ lead_named = true }]")
        + f"\n\n{END}",
        "“odd” has two ways from the same stage and the first has no guard, so the second is never taken. "
        "Give the first a guard, or take one out.",
    ),
    "a letter twice in one post": page(
        'effects = [{ email = "training-1-next" }, { email = "participant-welcome" }]',
        'effects = [{ email = "training-1-next" }, { email = "participant-welcome" }, { email = "training-1-next" }]',
        "“start_training” sends “training-1-next” twice to the same readers. Take one of the two out.",
    ),
    "one question asked twice": page(
        'inputs = [{ name = "review_on", kind = "date", ask = "When should we look at this again?" }]',
        'inputs = [{ name = "review_on", kind = "date", ask = "When should we look at this again?" }, '
        '{ name = "review_on", kind = "date", ask = "When did they ask?" }]',
        "“hold” asks twice for “review_on”, and one answer would be lost. Give one of them another name.",
    ),
    # --- judgements and approvals ---
    "an approval by whoever judged": page(
        f", {SECOND}]",
        "]",
        "“approve_award” may be said by whoever judged “qa_visit”. "
        "Give it the guard second_person = “qa_visit” with waivable = false.",
    ),
    "an approval by whoever judged, with a reason": page(
        SECOND,
        '{ second_person = "qa_visit" }',
        "“approve_award” may be said by whoever judged “qa_visit” and gives a reason. "
        "Give its guard second_person waivable = false.",
    ),
    "an award that the school approves": page(
        'from = "certification"\nby = ["lead_advisor", "assessor"]',
        'from = "certification"\nby = ["lead_advisor", "school_lead"]',
        "“approve_award” records an approval and may be said by the school lead. "
        "Only people of the council may: take the others out of its by.",
    ),
    "a judgement that nobody makes": page(
        'by = ["assessor", "lead_advisor"]\nguards = [{ awaiting_judgement = "qa_visit", waivable = false }',
        'by = ["assessor", "system"]\nguards = [{ awaiting_judgement = "qa_visit", waivable = false }',
        "“record_qa_met” records a judgement and may be said by the system. "
        "Only people of the council may: take the others out of its by.",
    ),
    "a judgement by the school’s own advisor": page(
        'by = ["assessor", "lead_advisor"]\n'
        'guards = [{ awaiting_judgement = "qa_visit", waivable = false }, { not_lead_advisor = true }]',
        'by = ["assessor", "advisor"]\nguards = [{ awaiting_judgement = "qa_visit", waivable = false }]',
        "“record_qa_met” records a judgement and may be said by the school’s own advisor. "
        "Give it the guard not_lead_advisor = true, or take the advisor out of its by.",
    ),
    "an approval over and over": page(
        '{ not_approved = "award", waivable = false }, ',
        "",
        "“approve_award” can be said again when the award is approved already. "
        "Give it the guard not_approved = “award”.",
    ),
    "an approval that nothing waits for": page(
        '  { approved = "evidence", of = "qa_visit" }, # anew for each visit\n',
        "",
        "“check_evidence” records the approval “evidence”, which nothing on the page asks for. "
        "Ask for it with the guard approved = “evidence”, or take it out.",
    ),
    "a new round without a new sign-off": page(
        '{ approved = "award", waivable = false },',
        '{ approved = "award", waivable = false, ever = true },',
        "“issue_certificates” makes certificates again for what approved = “award” found in a former round. "
        "Take ever out.",
        Edit(PAGE, END, f"{AGAIN}\n\n{END}"),
    ),
    "any round where there is but one": page(
        '{ not_approved = "award", waivable = false }',
        '{ not_approved = "award", waivable = false, ever = true }',
        "“approve_award” asks for not_approved of any round, and no verb leads back to an earlier stage. "
        "Take ever out, or lead back.",
    ),
    "two judgements at once": page(
        'guards = [{ judgement = "met", of = "qa_visit" }, { not_approved',
        'guards = [{ judgement = "met", of = "qa_visit" }, { judgement = "deferred", of = "qa_visit" }, { not_approved',
        "“approve_award” wants “qa_visit” judged “met” and “deferred” at once. Take one out.",
    ),
}
