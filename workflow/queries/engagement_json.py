"""One engagement as plain data: the contract of `engagement show --json`."""

from datetime import date
from typing import Any

from workflow.engine import Available
from workflow.errors import Refusal
from workflow.forecasting.forecast import Forecast, Foretold
from workflow.queries.engagement_view import CaseView
from workflow.store.history.renewals import NONE, Renewals
from workflow.store.tables.appointment import Appointment


def as_json(view: CaseView) -> dict[str, Any]:
    """Times are ISO 8601 in UTC."""
    one = view.engagement
    return {
        "ref": one.reference,
        "offer": f"{one.offer_code}-{one.offer_version}",
        "bought_under": f"{one.offer_code}-{one.bought_version or one.offer_version}",
        "stage": one.stage,
        "stage_title": view.stage_title,
        "standing": one.standing,
        "version": one.version,
        "school": _picked(view.school, "urn", "name", "town", "trust", "federation"),
        "lead": {"name": one.lead_name, "email": one.lead_email},
        "contacts": [_picked(contact, *_CONTACT) for contact in view.contacts],
        "advisor": view.advisor.email if view.advisor else None,
        "participants": [_picked(person, *_PERSON) for person in view.participants],
        "appointments": [_meeting(view, meeting) for meeting in view.appointments],
        "actions": [_picked(one, *_ACTION) for one in view.actions],
        "triggers": [_trigger(trigger) for trigger in view.triggers],
        "promises": _promises(view),
        "coming": [_picked(flight, "timer", "at", "does", "why", "stopped") for flight in view.coming],
        "forecast": view.forecast and _forecast(view.forecast),
        "route": [_picked(line, "who", "what", "stage", "day", "waits") for line in view.way.lines],
        "arrives": _plain(view.way.arrives),
        "blocked": view.way.blocked,
        "timers": [_picked(timer, "name", "status", "due_at") for timer in view.timers],
        "history": [_picked(line, *_EVENT) for line in view.history],
        "messages": [
            _picked(sent, "sent_at", "subject", "message_id") | {"to": sent.to_email} for sent in view.messages
        ],
        "owed": [_picked(owed, *_OWED) | {"to": owed.recipient} for owed in view.owed],
        "certificates": [
            _picked(held, *_CERTIFICATE) | _renewed(view.renewals.get(held.serial, NONE)) for held in view.certificates
        ],
    }


_PERSON = ("name", "email", "phase", "phase_agreed", "status", "certificate_name", "name_confirmed")
_CONTACT = ("kind", "name", "email", "since", "until")
_ACTION = ("id", "kind", "what_text", "owner_name", "due_on", "done_at")
_EVENT = ("seq", "at", "name", "title", "about", "who", "note", "waived", "caused_by")
_OWED = ("id", "kind", "name", "status", "attempts", "trouble")
_CERTIFICATE = ("serial", "name", "phase", "status", "issued_on", "sha256")


def _renewed(renewed: Renewals) -> dict[str, str | None]:
    """By their numbers."""
    return {"renews": renewed.before and renewed.before.serial, "renewed_by": renewed.after and renewed.after.serial}


def _picked(row: object, *names: str) -> dict[str, Any]:
    """These fields of a row, with dates and times as text."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


def _meeting(view: CaseView, one: Appointment) -> dict[str, Any]:
    """`offered` are the dates that wait for the school's choice, by the number that chooses them."""
    dates = [_picked(date, "id", "starts_at") for date in view.offered if date.appointment_id == one.id]
    return _picked(one, "kind", "purpose", "status", "starts_at", "place", "reason", "outputs") | {"offered": dates}


def _promises(view: CaseView) -> list[dict[str, Any]]:
    if view.promise is None:
        return []
    promise = view.promise
    since, by = promise.since.isoformat(), promise.due_at.isoformat()
    return [{"owner": promise.owner, "to": promise.to, "since": since, "by": by, "late": promise.late}]


def _forecast(found: Foretold) -> dict[str, Any]:
    if isinstance(found, Forecast):
        return _picked(found, "early", "likely", "late", "basis")
    return {"reason": found.sentence}


def _trigger(trigger: Available) -> dict[str, Any]:
    return {
        "trigger": trigger.trigger,
        "title": trigger.transition.title,
        "open": trigger.open,
        "refusals": [refusal_json(refusal) for refusal in trigger.refusals],
    }


def refusal_json(refusal: Refusal) -> dict[str, Any]:
    return {
        "guard": refusal.guard,
        "found": refusal.found,
        "needed": refusal.needed,
        "who": refusal.who,
        "sentence": refusal.sentence,
    }
