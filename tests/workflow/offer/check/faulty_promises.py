"""Faulty pages that a council’s own people could write: guards, promises, timers and their letters."""

from tests.workflow.offer.check.broken_offers import EMAILS, Broken, also, page, timer
from tests.workflow.offer.pages import PAGE, Edit, without_timers

LAPSE = 'after = "40 school days"\ntrigger = "lapse"'
NOTICE = 'name = "follow_up_2"\ntitle = "Follow-up meeting 2"\nlength = "1 hour"\n'
THANKS = 'name = "thank-you"\nat = "*"\nafter = "1 school day"'
REGISTER = '{ owner = "council", at = "training_1", within = "1 council day", to = "take the register'

PROMISES: dict[str, Broken] = {
    # --- guards ---
    "a guard that nought people keep": page(
        "{ staff_completed = 1 }",
        "{ staff_completed = 0 }",
        "“complete_framework” has the guard staff_completed with 0, which always holds. "
        "Write 1 or more, or take the guard out.",
    ),
    "a price that was typed twice": page(
        '{ price_paid = "price" }',
        "{ price_paid = 250 }",
        "“start_training” waits for £250.00 and the price is £265.00. Write price_paid = “price”, which follows it.",
    ),
    "a date that waits for its own meeting": page(
        NOTICE,
        f'{NOTICE}booking = [{{ appointment_held = "follow_up_2" }}]\n',
        "A date for “Follow-up meeting 2” waits for appointment_held of the same meeting, so none is ever agreed. "
        "Take the guard out of its booking.",
    ),
    "a date that waits for what comes after it": page(
        NOTICE,
        f'{NOTICE}booking = [{{ approved = "award" }}]\n',
        "A date for “Follow-up meeting 2” waits for approved = “award”, which nothing records by then. "
        "Record it at that stage or before, or take the guard out.",
    ),
    "a count of visits that nobody judges": page(
        NOTICE,
        f'{NOTICE}booking = [{{ visits_left = "follow_up_2", at_least = 3 }}]\n',
        "A date for “Follow-up meeting 2” has the guard visits_left of “follow_up_2”, which nobody judges, so it "
        "always holds. Name a meeting that is judged, or take it out.",
    ),
    "a timer that is always excused": page(
        "unless = { everyone_decided = true }",
        "unless = { criteria_met = true }",
        "The timer “chase-framework” has the guard criteria_met, which is about one person: here that is nobody, and "
        "it always holds. Choose another.",
    ),
    "a promise that is kept at once": page(
        "until = { nothing_to_review = true }",
        "until = { not_lead_advisor = true }",
        "The promise to “read the framework evidence that was sent in” has the guard not_lead_advisor, which is about "
        "who asks: here that is nobody, and it always holds. Choose another.",
    ),
    "outputs of a meeting that writes none down": page(
        "outputs = true\n",
        "",
        "“complete_follow_up_1” waits for what was agreed at “follow_up_1”, where nobody writes it down. "
        "Give that appointment outputs = true.",
    ),
    # --- promises ---
    "a promise that the school cannot keep": page(
        REGISTER,
        REGISTER.replace("council", "school", 1),
        "The school promises to “take the register of training session 1” and only the council can make register_taken "
        "true. Let owner be “council”, or choose another until.",
    ),
    "a promise kept by what comes later": page(
        "until = { nothing_to_review = true }",
        'until = { approved = "award" }',
        "The promise to “read the framework evidence that was sent in” waits for approved = “award”, which nothing "
        "records by then. Record it at that stage or before, or take the guard out.",
    ),
    "a promise about a meeting still to come": page(
        '{ owner = "council", at = "training_1", to = "hold training session 1"',
        '{ owner = "council", at = "training_2", to = "hold training session 1"',
        "The promise to “hold training session 1” is due at “training_2”, and up to the stage “training_1” no stage "
        "has that meeting. Name one that has taken place or is met there.",
    ),
    "a promise that never has its turn": page(
        ', until = { staff_nominated = "minimum_staff" } },',
        " },",
        "The promise to “name at least three staff” has no until, so those after it at “purchase” never have their "
        "turn. Give it an until, or let it come last.",
    ),
    "a promise before all others, for ever": page(
        "until = { school_open = true }\n",
        "",
        "The promise “successor” counts at every stage and has no until, so no other promise has its turn. "
        "Give it an until.",
    ),
    "a promise after the end": page(
        'school = "Your staff hold their certificates"\n',
        'school = "Your staff hold their certificates"\n'
        'promise = { owner = "council", within = "5 council days", to = "put your school on the map" }\n',
        "The promise to “put your school on the map” stands at “recognised”, which is final: nothing is owed there any "
        "more. Move it to a stage before, or take it out.",
    ),
    "a second time for a meeting’s day": page(
        'to = "choose a date for training session 1"',
        'again = "3 school days", to = "choose a date for training session 1"',
        "The promise to “choose a date for training session 1” counts from a meeting, so its time never begins again. "
        "Take again out.",
    ),
    # --- timers ---
    "a timer that lapses a case in the holidays": page(
        LAPSE,
        'after = "60 days"\ntrigger = "lapse"',
        "The timer “lapse-unanswered” ends a journey after 60 days, in the school holidays too, when nobody there "
        "answers. Count school days.",
    ),
    "a lapse for what the council owes": page(
        f'promise = "school"\n{LAPSE}',
        f'promise = "council"\n{LAPSE}',
        "The timer “lapse-unanswered” ends a school’s journey when the council is late. "
        "Let it hang on a promise of the school’s, or send an email instead.",
    ),
    "a lapse without a warning": Broken(
        "The timer “odd” ends a journey and nothing warns the school before. "
        "Add a timer at the same place that sends an email to it earlier.",
        (
            Edit(
                PAGE,
                "# --- The certificate ---",
                timer("framework", "20 school days", 'trigger = "lapse"') + "\n\n# --- The certificate ---",
            ),
            without_timers(),
        ),
    ),
    "an end again and again": page(
        LAPSE,
        f'every = "5 school days"\n{LAPSE}',
        "The timer “lapse-unanswered” ends the journey and would come again. Take every out.",
    ),
    "a timer that asks for a note": page(
        'calls_off = "ended"\neffects = [{ email = "lapsed" }]',
        'calls_off = "ended"\nnote = "Why does it lapse?"\neffects = [{ email = "lapsed" }]',
        "The timer “lapse-unanswered” fires “lapse”, which asks for a note or a value that nobody is there to give. "
        "Take it out, or let a person say the verb.",
    ),
    "a timer at the end": also(
        timer("recognised", "100 school days", 'effects = [{ email = "recognised" }]'),
        "The timer “odd” hangs on “recognised”, which is final: the journey is completed and no timer speaks. "
        "Let an effect of the last verb do it.",
    ),
    "two timers with one letter at one time": page(
        'promise = "school"\nafter = "5 school days"',
        'promise = "school"\nafter = "1 school day"',
        "The timers “school-overdue” and “school-still-overdue” send “overdue” at the same time. "
        "Let one of them come at another, or take it out.",
    ),
    "a letter to nobody": page(
        'escalate_to = "head"',
        'escalate_to = "participant"',
        "The timer “head-told” escalates to the participant, and there is none then. "
        "Name somebody who always is, such as “head” or “lead_advisor”.",
        Edit(f"{EMAILS}overdue.md", "{{ task_link }}", "{{ contact }}"),
    ),
    "an escalation of nothing": page(
        LAPSE,
        f'escalate_to = "head"\n{LAPSE}',
        "The timer “lapse-unanswered” escalates to the head and sends no email. Give it one, or take escalate_to out.",
    ),
    "thanks before the meeting": page(
        THANKS,
        THANKS.replace("after", "before"),
        "The timer “thank-you” sends “thank-you” to the attended before a meeting, and there is none then. "
        "Choose others.",
    ),
}
