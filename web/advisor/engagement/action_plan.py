"""What has to be done besides the journey itself: a school's action plan after a visit, and what advisors owe."""

from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access, form_fields, formatting
from web.advisor.engagement import form_handler
from web.advisor.engagement.form_handler import FormPost
from workflow.domain.actor import COUNCIL_ROLES
from workflow.sanitise import block, line
from workflow.usecases import action_plans
from workflow.usecases.action_plans import WHAT_LIMIT
from workflow.usecases.participants import NAME_LIMIT

bp = Blueprint("plan", __name__, url_prefix="/advisor/engagement/<reference:reference>/plan")
_SECTION = "plan"


@bp.post("/<name:kind>/add")
@access.council(*COUNCIL_ROLES)
def add(reference: str, kind: str) -> ResponseReturnValue:
    return form_handler.record(reference, partial(_add, kind), form=f"plan-{kind}", section=_SECTION)


@bp.post("/<number:number>/done")
@access.council(*COUNCIL_ROLES)
def done(reference: str, number: str) -> ResponseReturnValue:
    return form_handler.record(reference, partial(_finish, int(number)), form=f"done-{number}", section=_SECTION)


def _add(kind: str, to: FormPost) -> str:
    wrong: form_fields.Wrong = {}
    what = form_fields.text(to.form, "what", _what, "Write down what has to be done", wrong)
    owner = form_fields.text(to.form, "owner", _owner, "Enter who has to do it", wrong)
    due_on = form_fields.a_day(to.form, to.who["now"], wrong)
    form_fields.agree(wrong)
    if due_on is None:
        raise TypeError("a day that was typed right is a day")
    action_plans.plan(to.db, to.engagement.id, kind, what, owner=owner, due_on=due_on, **to.who)
    return f"Planned: {owner} has until {formatting.day(due_on)}."


def _finish(number: int, to: FormPost) -> str:
    action = action_plans.finish(to.db, to.engagement.id, number, **to.who)
    return f"Recorded as done: {action.what_text.splitlines()[0]}"


def _what(text: str) -> str:
    return block(text, "What has to be done", WHAT_LIMIT)


def _owner(text: str) -> str:
    return line(text, "The name of the owner", NAME_LIMIT)
