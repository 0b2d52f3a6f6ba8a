"""Facts for every guard: some that let it through, and some that do not with what is said about them."""

from decimal import Decimal

from tests.workflow.domain.guards.guard_facts import about, allowed, judged, met, people, refused
from workflow.domain.facts import ApprovalFact, ParticipantFact
from workflow.domain.guards import Rule

PRICE = Rule("price_paid", amount=Decimal("265.00"))
THREE = Rule("staff_nominated", amount=Decimal(3))
TWO = Rule("staff_completed", amount=Decimal(2))
TRAINED = about("staff_trained", amount=Decimal(2))
JUDGED = Rule("judgement", "met", of="visit", title="The visit")
MARK = Rule("approved", "award", title="Approve it")

AGREED = "No date is agreed for the visit. The advisor can book one with the school."
NO_DATE = ("no date", "a date agreed", "advisor", AGREED)
ONE_ATTENDED = (
    "1 member of staff",
    "2 members of staff",
    "advisor",
    "1 member of staff attended the visit or caught up, and 2 are needed. The advisor can record a catch-up.",
)

CASES = {
    "there is an order": allowed(Rule("order_matched"), order_number="SFS-1"),
    "there is no order": refused(
        Rule("order_matched"),
        "no order",
        "an order from the portal",
        "advisor",
        "No order from the portal is matched to this engagement. The advisor can import the order.",
    ),
    "the school is open": allowed(Rule("school_open"), school_open=True),
    "the school is closed": refused(
        Rule("school_open"),
        "a closed school",
        "an open school",
        "advisor",
        "The register of schools says this school is closed. The advisor can find out which school takes its place.",
    ),
    "the price was paid": allowed(PRICE, price_paid=Decimal("265.0")),
    "too little was paid": refused(
        PRICE,
        "£264.99",
        "£265.00",
        "lead advisor",
        "The order shows £264.99 and the price is £265.00. The lead advisor can agree it or ask the school to correct "
        "the order.",
        price_paid=Decimal("264.99"),
    ),
    "nobody knows what was paid": refused(
        PRICE,
        "no price",
        "£265.00",
        "lead advisor",
        "The order shows no price and the price is £265.00. The lead advisor can agree it or ask the school to correct "
        "the order.",
    ),
    "a lead is named": allowed(Rule("lead_named"), lead_named=True),
    "no lead is named": refused(
        Rule("lead_named"),
        "no school lead",
        "a school lead with an email address",
        "advisor",
        "No school lead is named. The advisor can add a name and an email address.",
    ),
    "three are nominated": allowed(THREE, participants=people("nominated", "completed", "training")),
    "two and one who withdrew are nominated": refused(
        THREE,
        "2 members of staff",
        "3 members of staff",
        "school lead",
        "2 members of staff are nominated and 3 are needed. The school lead can name 1 more.",
        participants=people("nominated", "nominated", "withdrawn"),
    ),
    "one is nominated": refused(
        THREE,
        "1 member of staff",
        "3 members of staff",
        "school lead",
        "1 member of staff is nominated and 3 are needed. The school lead can name 2 more.",
        participants=people("nominated", "deferred"),
    ),
    "a date is booked": allowed(about("appointment_booked"), appointments=(met("booked"),)),
    "a date is past": allowed(about("appointment_booked"), appointments=(met("registered"),)),
    "a date was moved away and another kind is booked": refused(
        about("appointment_booked"),
        *NO_DATE,
        appointments=(met("moved"), met("cancelled"), met("offered"), met("booked", kind="lunch")),
    ),
    "the only date is judged already": refused(
        about("appointment_booked"),
        *NO_DATE,
        appointments=(met("held"),),
        judgements=(judged("not_yet_met"),),
    ),
    "a meeting was held": allowed(about("appointment_held"), appointments=(met("held"),)),
    "a meeting is only booked": refused(
        about("appointment_held"),
        "not held",
        "held",
        "advisor",
        "Not held yet: The visit. The advisor can record that the meeting took place.",
        appointments=(met("booked"), met("held", kind="lunch")),
    ),
    "a register was taken": allowed(about("register_taken"), appointments=(met("held"), met("registered", number=2))),
    "a meeting was held without a register": refused(
        about("register_taken"),
        "no register",
        "the register",
        "advisor",
        "The register of the visit has not been taken. The advisor can take it.",
        appointments=(met("held"),),
    ),
    "two attended on two days": allowed(
        TRAINED,
        participants=people("training", "training"),
        appointments=(met("registered", 1), met("held", 2, number=2)),
    ),
    "two attended and one of them withdrew": refused(
        TRAINED,
        *ONE_ATTENDED,
        participants=people("training", "withdrawn"),
        appointments=(met("registered", 1, 2),),
    ),
    "one attended twice": refused(
        TRAINED,
        *ONE_ATTENDED,
        participants=people("training", "training"),
        appointments=(met("registered", 1), met("registered", 1, number=2), met("registered", 2, kind="lunch")),
    ),
    "everyone is decided": allowed(
        Rule("everyone_decided"), participants=people("completed", "deferred", "withdrawn", "recognised")
    ),
    "one is undecided": refused(
        Rule("everyone_decided"),
        "1 undecided",
        "everyone decided",
        "advisor",
        "1 participant is still under way. The advisor can record each as completed, deferred or withdrawn.",
        participants=people("completed", "in_review"),
    ),
    "two are undecided": refused(
        Rule("everyone_decided"),
        "2 undecided",
        "everyone decided",
        "advisor",
        "2 participants are still under way. The advisor can record each as completed, deferred or withdrawn.",
        participants=people("nominated", "returned"),
    ),
    "two completed": allowed(TWO, participants=people("completed", "recognised", "deferred")),
    "one completed": refused(
        TWO,
        "1 completed",
        "2 completed",
        "advisor",
        "1 participant has completed and 2 must. The advisor can record a completed review.",
        participants=people("completed", "deferred", "submitted"),
    ),
    "outputs are written down": allowed(about("outputs_recorded"), appointments=(met("held", outputs=True),)),
    "outputs are not written down": refused(
        about("outputs_recorded"),
        "no agreed outputs",
        "the agreed outputs",
        "advisor",
        "What was agreed at the visit has not been recorded. The advisor can write it down.",
        appointments=(met("held"), met("booked", outputs=True), met("held", kind="lunch", outputs=True)),
    ),
    "a visit waits for its judgement": allowed(
        about("awaiting_judgement"),
        appointments=(met("held"), met("held", number=2)),
        judgements=(judged("not_yet_met"),),
    ),
    "every visit is judged": refused(
        about("awaiting_judgement"),
        "no visit to judge",
        "a visit held and not yet judged",
        "advisor",
        "Not held since the last judgement: The visit. The advisor can record that the meeting took place.",
        appointments=(met("held"), met("booked", number=2)),
        judgements=(judged("deferred"),),
    ),
    "the last judgement is the one needed": allowed(JUDGED, judgements=(judged("not_yet_met"), judged("met", 2))),
    "there is no judgement": refused(
        JUDGED,
        "no judgement",
        "met",
        "assessor",
        "The last judgement of the visit must be “met” and it is “no judgement”. The assessor can record a judgement.",
    ),
    "an earlier judgement was the one needed": refused(
        JUDGED,
        "not yet met",
        "met",
        "assessor",
        "The last judgement of the visit must be “met” and it is “not yet met”. The assessor can record a judgement.",
        judgements=(judged("met"), judged("not_yet_met", 2)),
    ),
    "nothing was sent in": allowed(Rule("nothing_to_review"), participants=people("working", "completed", "returned")),
    "one person's evidence waits": refused(
        Rule("nothing_to_review"),
        "1 to read",
        "all evidence read",
        "advisor",
        "The evidence of 1 participant is waiting to be read. The advisor can review it.",
        participants=people("submitted", "working"),
    ),
    "two people's evidence waits": refused(
        Rule("nothing_to_review"),
        "2 to read",
        "all evidence read",
        "advisor",
        "The evidence of 2 participants is waiting to be read. The advisor can review it.",
        participants=people("submitted", "in_review"),
    ),
    "names are confirmed": allowed(Rule("names_confirmed"), participants=people("completed", "recognised")),
    "only people without a certificate have not confirmed": allowed(
        Rule("names_confirmed"), participants=people("deferred", "working", confirmed=False)
    ),
    "one name is not confirmed": refused(
        Rule("names_confirmed"),
        "1 unconfirmed",
        "every name confirmed",
        "participants",
        "1 name for certificates is not confirmed by the owner. "
        "The participants can confirm, and the advisor can record it.",
        participants=(*people("completed"), ParticipantFact(9, "completed", 1, name_confirmed=False)),
    ),
    "two names are not confirmed": refused(
        Rule("names_confirmed"),
        "2 unconfirmed",
        "every name confirmed",
        "participants",
        "2 names for certificates are not confirmed by the owner. "
        "The participants can confirm, and the advisor can record it.",
        participants=people("completed", "recognised", confirmed=False),
    ),
    "it is approved": allowed(MARK, approvals=(ApprovalFact("award", 2),)),
    "something else is approved": refused(
        MARK,
        "not approved",
        "approved",
        "lead advisor",
        "Not approved yet: award. “Approve it” comes first.",
        approvals=(ApprovalFact("lunch", 2),),
    ),
    "it is not approved yet": allowed(Rule("not_approved", "award"), approvals=(ApprovalFact("lunch", 2),)),
    "it is approved already": refused(
        Rule("not_approved", "award"),
        "approved",
        "not yet approved",
        "lead advisor",
        "Approved already: award. Nothing more is needed.",
        approvals=(ApprovalFact("award", 2),),
    ),
    "another person judged": allowed(about("second_person"), judgements=(judged("met", assessor=7),), actor_id=8),
    "nobody judged": allowed(about("second_person"), actor_id=8),
    "an earlier visit was judged by the same person": allowed(
        about("second_person"), judgements=(judged("not_yet_met", assessor=8), judged("met", 2, 7)), actor_id=8
    ),
    "the same person judged": refused(
        about("second_person"),
        "the same person",
        "a second person",
        "another person",
        "You judged the visit, so another person must do this.",
        judgements=(judged("met", assessor=8),),
        actor_id=8,
    ),
}
