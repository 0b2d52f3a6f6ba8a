"""The words that stand on the right of keys, each with what it means. A test holds them against the code. Pure."""

from collections.abc import Mapping

from workflow.calendar.span import Unit
from workflow.domain.guards.rule import Takes

TAKES: Mapping[Takes, str] = {
    "yes": "`true`",
    "appointment": "a kind of meeting",
    "amount": "a whole number, or `price` or `minimum_staff` of `[offer]`",
    "outcome": "a judgement, with the kind of meeting in `of`",
    "approval": "the name of an approval",
}
OPTIONS: Mapping[str, str] = {
    "of": "The kind of meeting. With an approval, only what was approved since its last judgement counts.",
    "at_least": "How many; 1 if it is not said.",
    "ever": "Write `true` where what former rounds have brought counts too.",
    "waivable": "Write `false` where nobody may waive it. Otherwise those in the policy’s `override_by` may.",
}
UNITS: Mapping[Unit, str] = {
    "days": "days as the calendar on the wall has them",
    "council days": "days on which the council works: no weekends, bank holidays or closures of the council",
    "school days": "days of term, as the calendar or the school’s own dates have them",
}
SPAN = "A number and a unit, such as `5 school days`."
EFFECTS: Mapping[str, str] = {
    "email": "An email by the name of its file in `emails`, without `.md`.",
    "certificate": "A certificate for everybody in this audience.",
}
AUDIENCES: Mapping[str, str] = {
    "school_lead": "whoever leads it at the school",
    "deputy": "their deputy, if the school has named one",
    "head": "the headteacher, if one is named",
    "business_manager": "the business manager, if one is named",
    "participants": "everybody who takes part",
    "completed": "everybody who completed",
    "participant": "the one person whom a step or a certificate is about",
    "invited": "everybody whom the meeting invites",
    "attended": "the participants who were at the meeting",
    "advisor": "the advisor who looks after the school",
    "lead_advisor": "every lead advisor",
}
ROLES: Mapping[str, str] = {
    "advisor": "an advisor of the council",
    "lead_advisor": "a lead advisor of the council",
    "assessor": "an assessor of the council",
    "school_lead": "whoever leads it at the school",
    "participant": "somebody who takes part, about themselves",
    "system": "the system, when time has come or guards are met",
}
STANDINGS: Mapping[str, str] = {
    "active": "under way",
    "on_hold": "resting; timers may rest too",
    "cancelled": "ended early by somebody",
    "lapsed": "ended early as nobody answered",
    "completed": "at a final stage; the engine says so by itself",
}
OUTCOMES: Mapping[str, str] = {
    "met": "the standard is met",
    "not_yet_met": "something must be done first, and the visit comes again",
    "deferred": "the judgement waits",
}
TIMERS: Mapping[str, str] = {
    "keep": "they run on",
    "suspend": "they stop, and their time is kept",
    "resume": "they go on with the time that was kept",
    "drop": "they end for good",
    "rearm": "they start anew from now",
}
CERTIFICATE_FACTS: Mapping[str, str] = {
    "name": "the person’s name as they confirmed it",
    "phase_number": "the number of their phase",
    "phase_title": "its title",
    "phase_means": "what it means",
    "school": "the school",
    "provider": "who offers it",
    "offer": "the offer’s title",
    "title": "what the certificate is called",
    "issued_on": "the day of issue in words",
    "issued_iso": "the same day as `2026-09-30`",
    "valid_until": "the last day in words; nothing without an end",
    "renews": "the certificate of a former round that it renews, with its day, or nothing",
    "serial": "the certificate’s number",
    "verify_link": "the address where it can be checked",
    "reference": "the engagement’s reference",
    "qr": "that address as a QR code, an SVG picture",
    "facts": "all of it as JSON, for the file that is attached",
    "header_colour": "the council’s own colour, if it chose one",
    "accent_colour": "the second, likewise",
}
