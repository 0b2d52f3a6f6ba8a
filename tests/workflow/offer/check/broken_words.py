"""More of `broken_offers`: small journeys, words that are not known, policy and emails."""

from tests.workflow.offer.check.broken_offers import EMAILS, RECOGNISE, RETURN, REVOKE, SUBMIT, Broken, also, page
from tests.workflow.offer.pages import PAGE, Edit

MORE_BROKEN: dict[str, Broken] = {
    # --- the small journeys ---
    "a status nobody ever has": page(
        RETURN,
        RETURN.replace('to = "returned"', 'to = "working"'),
        "No participant is ever returned, where “work” starts from. Add a verb that leads there, "
        "or take it out of its from.",
    ),
    "evidence that is trapped": page(
        'verb = "review"\ntitle = "Begin the review"\ndone = "Evidence in review"\nfrom = "submitted"',
        'verb = "review"\ntitle = "Begin the review"\ndone = "Evidence in review"\nfrom = "training"',
        "A participant that is submitted (after submit) can come to no end. Add a verb that leads on.",
        Edit(
            PAGE,
            '"working", "submitted", "in_review", "returned"]\nto = "completed"',
            '"working", "in_review", "returned"]\nto = "completed"',
        ),
        Edit(
            PAGE,
            '"working", "submitted", "in_review", "returned"]\nto = "deferred"',
            '"working", "in_review", "returned"]\nto = "deferred"',
        ),
        Edit(
            PAGE,
            '"submitted", "in_review", "returned", "deferred", "completed"]',
            '"in_review", "returned", "deferred", "completed"]',
        ),
    ),
    "completed people who get no further": page(
        RECOGNISE,
        'from = "submitted"\nto = "recognised"\nby = ["system"]',
        "A participant that is completed (after complete) can come to no end. Add a verb that leads on.",
        Edit(
            PAGE, '"returned", "deferred", "completed"]\nto = "withdrawn"', '"returned", "deferred"]\nto = "withdrawn"'
        ),
    ),
    "a verb that nobody ever says": page(
        'from = "in_review"\nto = "completed"\nby = ["advisor", "lead_advisor", "assessor"]',
        'from = "in_review"\nto = "completed"\nby = ["system"]',
        "“accept” of a participant is for the system alone, which never says it. Add a person to its by.",
    ),
    "a reason wanted from the system": page(
        REVOKE,
        REVOKE.replace('["lead_advisor"]', '["lead_advisor", "system"]'),
        "“revoke” of a certificate wants a reason, which the system cannot give. Take one of the two out.",
    ),
    "a verb that leads nowhere": page(
        SUBMIT,
        SUBMIT.replace('"returned"]', '"returned", "submitted"]'),
        "“submit” of a participant leads from submitted to itself. Take it out of its from.",
    ),
    "one verb twice": also(
        '[[move]]\nof = "certificate"\nverb = "revoke"\ntitle = "Burn"\ndone = "Burnt"\n'
        'from = "superseded"\nto = "revoked"\nby = ["lead_advisor"]',
        "“revoke” of a certificate stands on the page twice. Keep one table, with all its from.",
    ),
    # --- words that are not known ---
    "a role nobody has": page(
        'by = ["lead_advisor", "assessor"]',
        'by = ["lead_advisor", "governor"]',
        '"governor" cannot stand here. '
        'Write "advisor", "lead_advisor", "assessor", "school_lead", "participant" or "system".',
    ),
    "a status that is not one": page(
        'from = "draft"\nto = "issued"',
        'from = "draft"\nto = "isued"',
        'There is no status of a certificate called "isued". Did you mean "issued"?',
    ),
    "a verb that is not one": page(
        'verb = "supersede"',
        'verb = "superseed"',
        'There is no verb of a certificate called "superseed". Did you mean "supersede"?',
    ),
    "a unit nobody counts in": page(
        'after = "40 school days"',
        'after = "40 school weeks"',
        '"40 school weeks" is not a length of time. Write a number and a unit, such as "5 school days", '
        "where the unit is one of: days, council days, school days.",
    ),
    "a criterion twice": page(
        'code = "1.2"', 'code = "1.1"', "The criterion 1.1 stands here more than once; each code may stand once."
    ),
    "a meeting of no length": page(
        'length = "2 hours"',
        'length = "a morning"',
        '"a morning" is not a length of a meeting. Write hours, minutes or both, such as "3 hours", "90 minutes" or '
        '"2 hours 30 minutes".',
    ),
    # --- policy ---
    "an override by somebody outside": page(
        'override_by = ["lead_advisor"]',
        'override_by = ["school_lead"]',
        "The policy override_by names the role “school_lead”, which nobody at the council has.",
    ),
    "a refund at the end": page(
        "training_2 = 50 }",
        "training_2 = 50, recognised = 10 }",
        "The policy refund names the stage “recognised”, which is final: nothing is cancelled there.",
    ),
    "a refund that is never quoted": page(
        "refund = true\n",
        "",
        "The policy speaks of refunds and no transition has refund = true, so none is ever quoted.",
    ),
    "an undo that nobody hears of": page(
        'correction = "please-disregard"\n',
        "",
        "Steps can be undone and the policy names no correction, so nobody would hear of it. Name an email.",
    ),
    "an undo without its reason": page(
        'undone = "it was entered by mistake", ',
        "",
        "Steps can be undone and “cancel” of an appointment has no reason “undone”. Add it to its reasons.",
    ),
    # --- emails ---
    "an email without a value for its placeholder": Broken(
        "The email “welcome” to the school_lead has no value for {{ note }} when the engagement begins.",
        (Edit(f"{EMAILS}welcome.md", "Thank you for choosing", "{{ note }} Thank you for choosing"),),
    ),
    "a refund told where none is quoted": Broken(
        "The email “lapsed” to the school_lead has no value for {{ refund }} when “lapse” is fired at the start.",
        (Edit(f"{EMAILS}lapsed.md", "Dear {{ name }},", "Dear {{ name }}, {{ refund }}"),),
    ),
    "a meeting told where there is none": Broken(
        "The email “training-1-complete” to the school_lead has no value for {{ meeting_when }} when "
        "“complete_training_1” is fired after start_training.",
        (Edit(f"{EMAILS}training-1-complete.md", "Dear {{ name }},", "Dear {{ name }}, {{ meeting_when }}"),),
    ),
    "an invitation to a training that is not a date": page(
        'effects = [{ email = "training-1-complete" }]',
        'effects = [{ email = "meeting-booked" }]',
        "“complete_training_1” sends “meeting-booked” to the invited, and there is none then. Choose others.",
    ),
    "an email to one person when nobody is meant": page(
        'effects = [{ email = "training-1-complete" }]',
        'effects = [{ email = "evidence-in" }]',
        "“complete_training_1” sends “evidence-in” to the participant, and there is none then. Choose others.",
    ),
    "a journey that ends and leaves its dates in calendars": Broken(
        "“cancel” ends the journey and leaves the dates agreed in people’s calendars. Give it calls_off, with a reason "
        "of “cancel” of an appointment.",
        (Edit(PAGE, 'refund = true\ntimers = "drop"\ncalls_off = "ended"', 'refund = true\ntimers = "drop"'),),
    ),
    "dates called off with a reason nobody knows": Broken(
        "“cancel” calls dates off with the reason “snow”, which “cancel” of an appointment does not have. "
        "Add it to its reasons.",
        (
            Edit(
                PAGE,
                'refund = true\ntimers = "drop"\ncalls_off = "ended"',
                'refund = true\ntimers = "drop"\ncalls_off = "snow"',
            ),
        ),
    ),
    "staff who leave and stay invited": Broken(
        "Staff are invited to Training session 1 and Training session 2, and nothing takes those who leave off it "
        "again. Name an email as uninvite under [policy].",
        (Edit(PAGE, 'uninvite = "no-longer-invited"\n', ""),),
    ),
    "a farewell that stays in the calendar": Broken(
        "The policy uninvite names “no-longer-invited”, which takes nothing out of a calendar. "
        "Give it calendar = “CANCEL”.",
        (Edit(f"{EMAILS}no-longer-invited.md", 'calendar = "CANCEL"\n', ""),),
    ),
    "a cancelled date that stays in the calendar": Broken(
        "“cancel” of an appointment sends “meeting-cancelled”, whose calendar is “REQUEST”. It should be “CANCEL”.",
        (Edit(f"{EMAILS}meeting-cancelled.md", 'calendar = "CANCEL"', 'calendar = "REQUEST"'),),
    ),
}
