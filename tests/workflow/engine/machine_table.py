"""The shipped journey written out a second time, by hand: what each trigger does at each stage, and what it says.

Read the grid across. `1` to `9` is the stage it leads to when its guards are met, `=` means it stays, `.` means the
trigger belongs to other stages, and `x` means the end: a completed engagement answers that it is completed.
"""

from datetime import UTC, datetime
from decimal import Decimal

from workflow.domain.facts import AppointmentFact, ApprovalFact, Facts, JudgementFact, ParticipantFact

STAGES = {
    "purchase": "Purchase",
    "training_1": "Training session 1",
    "training_2": "Training session 2",
    "framework": "Framework completion",
    "follow_up_1": "Follow-up meeting 1",
    "follow_up_2": "Follow-up meeting 2",
    "qa_visit": "Quality assurance visit",
    "certification": "Certification",
    "recognised": "Recognised",
}
GRID = """
                     purchase training_1 training_2 framework follow_up_1 follow_up_2 qa_visit certif. recog.
start_training          2         .          .          .          .           .         .        .      .
complete_training_1     .         3          .          .          .           .         .        .      .
complete_training_2     .         .          4          .          .           .         .        .      .
complete_framework      .         .          .          5          .           .         .        .      .
complete_follow_up_1    .         .          .          .          6           .         .        .      .
complete_follow_up_2    .         .          .          .          .           7         .        .      .
check_evidence          .         .          .          .          .           .         =        .      .
record_qa_met           .         .          .          .          .           .         8        .      .
require_action          .         .          .          .          .           .         =        .      .
defer_qa                .         .          .          .          .           .         =        .      .
approve_award           .         .          .          .          .           .         .        =      .
issue_certificates      .         .          .          .          .           .         .        9      .
hold                    =         =          =          =          =           =         =        =      x
resume                  =         =          =          =          =           =         =        =      x
cancel                  =         =          =          =          =           =         =        =      x
join_another            =         =          =          =          =           =         =        =      x
lapse                   =         =          =          =          =           =         =        =      x
reopen                  =         =          =          =          =           =         =        =      x
"""
#: What a button says, and the words for the only stage a trigger belongs to.
TITLES = {
    "start_training": "Start training",
    "complete_training_1": "Complete training session 1",
    "complete_training_2": "Complete training session 2",
    "complete_framework": "Complete the framework",
    "complete_follow_up_1": "Complete follow-up meeting 1",
    "complete_follow_up_2": "Complete follow-up meeting 2",
    "check_evidence": "Record that the school's evidence is ready for the visit",
    "record_qa_met": "Record that the quality assurance visit met the standard",
    "require_action": "Record that the standard is not yet met",
    "defer_qa": "Defer the judgement",
    "approve_award": "Approve the award",
    "issue_certificates": "Issue the certificates",
    "hold": "Put on hold",
    "resume": "Resume",
    "cancel": "Cancel",
    "join_another": "End it here, as it goes on in another engagement",
    "lapse": "Let it lapse",
    "reopen": "Reopen",
}
#: The roles that may fire each, and how a refusal names them.
ROLES = {
    "start_training": ("advisor lead_advisor system", "advisor or lead advisor"),
    "complete_training_1": ("advisor lead_advisor system", "advisor or lead advisor"),
    "complete_training_2": ("advisor lead_advisor system", "advisor or lead advisor"),
    "complete_framework": ("advisor lead_advisor system", "advisor or lead advisor"),
    "complete_follow_up_1": ("advisor lead_advisor", "advisor or lead advisor"),
    "complete_follow_up_2": ("advisor lead_advisor", "advisor or lead advisor"),
    "check_evidence": ("advisor lead_advisor assessor", "advisor, lead advisor or assessor"),
    "record_qa_met": ("assessor lead_advisor", "assessor or lead advisor"),
    "require_action": ("assessor lead_advisor", "assessor or lead advisor"),
    "defer_qa": ("assessor lead_advisor", "assessor or lead advisor"),
    "approve_award": ("lead_advisor assessor", "lead advisor or assessor"),
    "issue_certificates": ("lead_advisor system", "lead advisor"),
    "hold": ("advisor lead_advisor", "advisor or lead advisor"),
    "resume": ("advisor lead_advisor", "advisor or lead advisor"),
    "cancel": ("lead_advisor", "lead advisor"),
    "join_another": ("lead_advisor", "lead advisor"),
    "lapse": ("lead_advisor system", "lead advisor"),
    "reopen": ("lead_advisor", "lead advisor"),
}
#: The standings each is open in, in words; every other is open in an active engagement only.
STANDINGS = {
    "resume": ("on hold",),
    "cancel": ("active", "on hold"),
    "join_another": ("active", "on hold"),
    "reopen": ("lapsed", "cancelled"),
}
NO_VISIT = (
    "Not held since the last judgement: Quality assurance visit. The advisor can record that the meeting took place."
)
NO_PLAN = (
    "No action is planned after Quality assurance visit. "
    "The assessor can write down at least one, with its owner and date."
)
NO_PRICE = (
    "The order shows no price and the price is £265.00. "
    "The lead advisor can agree it or ask the school to correct the order."
)
NOBODY_TRAINED = (
    "0 members of staff attended Training session {} or caught up, and 3 are needed. The advisor can record a catch-up."
)
NOT_JUDGED = (
    "The last judgement of Quality assurance visit must be “met” and it is “no judgement”. "
    "The assessor can record a judgement."
)
#: Guards that only stop a second time.
OPEN_AT_ONCE = {"check_evidence"}
#: Everything that stands in the way of an engagement about which nothing is known yet.
REFUSED = {
    "start_training": [
        "No order from the portal is matched to this engagement. The advisor can import the order.",
        "The register of schools says this school is closed. The advisor can find out which school takes its place.",
        NO_PRICE,
        "No school lead is named. The advisor can add a name and an email address.",
        "0 members of staff are nominated and 3 are needed. The school lead can name 3 more.",
    ],
    "complete_training_1": [
        "The register of Training session 1 has not been taken. The advisor can take it.",
        NOBODY_TRAINED.format(1),
    ],
    "complete_training_2": [
        "The register of Training session 2 has not been taken. The advisor can take it.",
        NOBODY_TRAINED.format(2),
    ],
    "complete_framework": ["0 participants have completed and 1 must. The advisor can record a completed review."],
    "complete_follow_up_1": [
        "Not held yet: Follow-up meeting 1. The advisor can record that the meeting took place.",
        "What was agreed at Follow-up meeting 1 has not been recorded. The advisor can write it down.",
    ],
    "complete_follow_up_2": [
        "Not held yet: Follow-up meeting 2. The advisor can record that the meeting took place.",
        "What was agreed at Follow-up meeting 2 has not been recorded. The advisor can write it down.",
    ],
    "record_qa_met": [NO_VISIT],
    "require_action": [NO_VISIT, NO_PLAN],
    "defer_qa": [NO_VISIT],
    "approve_award": [NOT_JUDGED],
    "issue_certificates": [
        NOT_JUDGED,
        "Not approved yet: award. “Approve the award” comes first.",
    ],
}
HELD = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
MEETINGS = ("training_1", "training_2", "follow_up_1", "follow_up_2", "qa_visit")
#: Somebody at the council other than whoever acts in these tests.
ASSESSOR_ID, ACTOR_ID = 3, 4
JUDGED = (JudgementFact(5, "qa_visit", "met", ASSESSOR_ID),)
APPROVED = (ApprovalFact("award", ACTOR_ID),)


def all_done(trigger: str) -> Facts:
    """Everything a school and the council can do is done, up to the moment before this trigger."""
    return Facts(
        order_number="SFS-1",
        price_paid=Decimal("265.00"),
        school_open=True,
        lead_named=True,
        participants=tuple(ParticipantFact(number, "completed", 1, name_confirmed=True) for number in (1, 2, 3)),
        appointments=tuple(
            AppointmentFact(
                number,
                kind,
                "registered",
                outputs_recorded=True,
                attended=frozenset({1, 2, 3}),
                starts_at=HELD,
                planned=1,
            )
            for number, kind in enumerate(MEETINGS, 1)
        ),
        judgements=() if trigger in ("record_qa_met", "require_action", "defer_qa") else JUDGED,
        approvals=APPROVED if trigger == "issue_certificates" else (),
        actor_id=ACTOR_ID,
    )


def grid() -> dict[tuple[str, str], str]:
    """What stands in the grid at each (stage, trigger)."""
    _, *rows = GRID.strip().splitlines()
    cells: dict[tuple[str, str], str] = {}
    for trigger, *marks in (row.split() for row in rows):
        cells |= {(stage, trigger): mark for stage, mark in zip(STAGES, marks, strict=True)}
    return cells
