"""The page of one case, on its own or with what went wrong on top."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.advisor.engagement import available_forms, trigger_buttons
from web.app_state import here
from web.formatting import PURPOSES
from web.forms.act_form import MARKS
from web.forms.form_errors import Trouble
from workflow.acts.registry import ACTS, on_page
from workflow.domain import effects
from workflow.domain.effects import Recipient
from workflow.queries.engagement_view import CaseView, view_case
from workflow.store import lookups
from workflow.store.tables.appointment import Appointment, OfferedDate
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import users


@dataclass(frozen=True, slots=True)
class AppointmentText:
    """An appointment in words. `outputs` is what was agreed at it, or that nothing needs to be; `reason` is why it was
    cancelled; `offered` are the dates that the school can choose from."""

    title: str
    purpose: str
    status: str
    starts_at: datetime
    offered: tuple[OfferedDate, ...]
    place: str
    outputs: str
    reason: str


def render(reference: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    """Raises NotFound."""
    user, now = access.current_user(), here().clock()
    actor = users.actor_of(user)
    with here().store.reading() as db:
        view = view_case(db, lookups.engagement_id(db, reference), actor, now)
        advisors = {one.email: one.name for one in users.advisors(db) if one.id != view.engagement.advisor_id}
    html = render_template(
        "advisor/case.html",
        view=view,
        case=view.engagement,
        address=f"/advisor/engagement/{view.engagement.reference}",
        actions=trigger_buttons.sorted_out(view.triggers, view.offer, actor.role),
        meetings=[_meeting(view, one) for one in view.appointments],
        openings=available_forms.found(view, now, user.role),
        advisors=advisors,
        acts=ACTS,
        on_page=on_page,
        marks=MARKS,
        owed=[(row, _recipient(view, row), _right_there(view, row)) for row in view.owed],
        waiting=sum(row.status != "dead" for row in view.owed),
        user=user,
        wrong=wrong,
        entered=request.form if wrong else {},
        new_key=lambda: str(uuid4()),
        school_page=f"/school/{here().links.school_token(reference)}",
    )
    return html, wrong.status if wrong else 200


def _meeting(view: CaseView, one: Appointment) -> AppointmentText:
    kind, cancel = view.offer.appointment[one.kind], view.offer.status_transition.get(("appointment", "cancel"))
    unwritten = "Nothing written yet" if kind.outputs else "Not needed"
    return AppointmentText(
        title=kind.title,
        purpose=PURPOSES[one.purpose],
        status=one.status,
        starts_at=one.starts_at,
        offered=tuple(date for date in view.offered if date.appointment_id == one.id),
        place=one.place,
        outputs=one.outputs or unwritten,
        reason=cancel.reasons.get(one.reason or "", "") if cancel else "",
    )


def _right_there(view: CaseView, row: OwedEffect) -> str:
    """Where on these pages the name and address of whom it is for can be put right."""
    who = Recipient.parse(row.recipient)
    if who.audience == "school_lead":
        return "#form-correct-contact"
    here = who.id is not None and not who.at_council
    return f"/advisor/engagement/{view.engagement.reference}/people/{who.id}/#forms" if here else ""


def _recipient(view: CaseView, row: OwedEffect) -> str:
    """Who an owed effect is for, by name where the case knows it."""
    who = Recipient.parse(row.recipient)
    people = {person.id: person.name for person in view.participants}
    match who.audience:
        case "school_lead":
            return view.engagement.lead_name
        case "head":
            return view.engagement.head_name
        case "advisor":
            return view.advisor.name if view.advisor else "the advisor"
        case "lead_advisor":
            return "the lead advisor"
        case effects.FORMER:
            return "whoever was invited before"
        case _:
            return people.get(who.id or 0, "somebody who has left")
