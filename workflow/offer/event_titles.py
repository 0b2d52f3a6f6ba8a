"""History in words: what each kind of event reads as on a page."""

from collections.abc import Mapping
from typing import Any

from workflow.domain.contacts.kinds import CONTACTS
from workflow.domain.happening import VERSION_CHANGED
from workflow.english import in_words, within
from workflow.offer.definition import Offer

#: Events that are not triggers of an offer: facts that were recorded.
FACTS = {
    "began": "Engagement began",
    "staff_nominated": "Staff nominated",
    "appointment_offered": "Dates offered",
    "appointment_booked": "Date agreed",
    "appointment_cancelled": "Date cancelled",
    "guests_changed": "Invitations follow who is to be there",
    "appointment_held": "Meeting held",
    "outputs_recorded": "Agreed outputs recorded",
    "register_taken": "Register taken",
    "caught_up": "Catch-up recorded",
    "name_confirmed": "Name for the certificate confirmed",
    "certificate_issued": "Certificate issued",
    "lead_named": "School lead named",
    "school_status_changed": "The register says the school opened or closed",
    "school_details_changed": "The register gives the school another name or address",
    "action_planned": "Action planned",
    "action_done": "Action done",
    "undone": "Last step taken back",
    "certificate_revoked": "Certificate withdrawn",
    "certificate_superseded": "Certificate replaced",
    "replacement_asked": "Replacement of a certificate asked for",
    "certificate_sent_again": "Certificate sent again",
    "contact_corrected": "School’s contact details corrected",
    "contact_changed": "Contact at the school changed",
    "contact_ended": "Contact at the school has nobody any more",
    "contact_proposed": "Contact at the school proposed",
    "contact_refused": "Proposed contact not taken",
    "contact_lapsed": "Proposed contact lapsed",
    "letter_crossed": "A letter on its way went to the address from before",
    "phase_proposed": "Entry phase proposed",
    "phase_agreed": "Entry phase agreed",
    "participant_transferred_out": "Participant goes on at another school",
    "participant_transferred_in": "Participant came from another school",
    "school_succeeded": "School goes on under a new number",
    "engagement_joined": "Another engagement joined this one",
    "engagement_went_on": "This engagement goes on in another one",
    "calendar_changed": "Days counted again on a changed calendar",
    "clocks_started": "Clocks started by an upgrade",
    "handed_over": "Handed over to another advisor",
    "message_written": "Message written to the school",
    "timer": "Became due",
    "round_began": "A new round began",
    "version_changed": "Goes on under another version of the offer",
    "effect_retried": "Stuck message tried again",
    "effect_dropped": "Stuck message dropped",
    "participant_training": "Participant started training",
    "participant_working": "Participant at work",
    "participant_submitted": "Evidence sent in",
    "participant_in_review": "Evidence in review",
    "participant_returned": "Evidence returned",
    "participant_completed": "Participant completed",
    "participant_recognised": "Participant recognised",
    "participant_nominated": "Participant rejoined",
    "participant_corrected": "Participant’s name or address corrected",
    "person_erased": "What was kept about a person erased",
    "kept_long_enough": "What was kept about people erased, as its time was up",
    "participant_deferred": "Participant deferred",
    "participant_withdrawn": "Participant withdrew",
}


def title_of(offer: Offer, name: str, data: Mapping[str, Any]) -> str:
    """`Date agreed: Training session 1`."""
    if name in offer.triggers:
        return offer.triggers[name][0].done
    words = FACTS.get(name) or in_words(name).capitalize()
    kind = data.get("kind")
    if kind in offer.appointment:
        return f"{words}: {within(offer.appointment[kind].title)}"
    if data.get("contact") in CONTACTS:
        return f"{words}: {CONTACTS[data['contact']].lower()}"
    if name == VERSION_CHANGED:
        return f"{words}: {data['version']['to']}"
    if "round" in data:
        return f"{words}: round {data['round']}"
    named = data.get("timer") or data.get("name")
    return f"{words}: {str(named).replace('-', ' ')}" if named else words
