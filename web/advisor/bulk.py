"""One thing for many engagements: what it is, and which they are. What becomes of it is told by `bulk_job`.

Which they are is ticked, or is all that a filter finds; the filter stands in the address, as on the list it comes from.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import act_form, drafts, form_errors, form_fields
from web.forms.drafts import PageDrafts
from web.forms.form_errors import Trouble
from web.lists.choices import choices_of
from web.lists.list_filter import Reading, kept, told
from workflow.acts.act import Act, Occasion
from workflow.acts.bulk import jobs
from workflow.acts.bulk import request as wanted
from workflow.acts.bulk.request import BulkRequest
from workflow.acts.fields import Advisor, Choice
from workflow.calendar.local_time import LOCAL
from workflow.domain.actor import ADVISING_ROLES
from workflow.domain.standing import OPEN_STANDINGS
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound, WorkflowError
from workflow.offer.definition import Offer
from workflow.queries.lists import engagement_list
from workflow.queries.lists.engagement_list import EngagementRow
from workflow.usecases import users

bp = Blueprint("bulk", __name__, url_prefix="/advisor/bulk")
#: How many engagements may be chosen at once, and how many stand on the form to be ticked.
_ROWS, _SHOWN = 500, 50


@bp.get("/")
@access.council(*ADVISING_ROLES)
def choose() -> str:
    with here().store.reading() as db:
        choices, kinds = choices_of(db), wanted.open_here(db)
    filters = kept(request.args, choices)
    return render_template(
        "advisor/bulk.html",
        kinds={verb: act.many for verb, act in kinds.items() if access.current_user().role in act.pages},
        query=urlencode(filters),
        told=told(filters, choices),
        user=access.current_user(),
    )


@bp.get("/<name:verb>")
@access.council(*ADVISING_ROLES)
def ask(verb: str) -> ResponseReturnValue:
    return _form(verb)


@bp.post("/<name:verb>")
@access.council(*ADVISING_ROLES)
def plan(verb: str) -> ResponseReturnValue:
    """Writes the job down, with nothing done yet, and shows what would happen."""
    act, store, now = _act(verb), here().store, here().clock()
    wrong: form_fields.Wrong = {}
    try:
        with store.reading() as db:
            on, chosen = _occasion(db), _chosen(db)
            given = act_form.values_of(wanted.asked(act), on, request.form, {}, wrong)
            form_fields.agree(wrong if chosen else {"which": "Choose at least one engagement", **wrong})
            values, note = wanted.values_of(db, act, given)
            page = _page(verb, kept(request.args, choices_of(db)))
        wish = BulkRequest(verb, values, note, on.actor)
        with store.writing() as db:
            job = jobs.ask_within(db, wish, chosen, now)
            drafts.sent(db, on.actor, 0, page, "bulk")
    except NotFound:
        raise
    except WorkflowError as error:
        return _form(verb, form_errors.of(error, "bulk", at="main-content"))
    return redirect(url_for("bulk_job.show", number=job), 303)


def _form(verb: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    user, act = access.current_user(), _act(verb)
    with here().store.reading() as db:
        choices = choices_of(db)
        filters = kept(request.args, choices)
        lines = [*islice(_found(db), _SHOWN + 1)]
        begun = drafts.of_many(db, users.actor_of(user), _page(verb, filters))
        html = render_template(
            "advisor/bulk_form.html",
            verb=verb,
            kind=act.many,
            asked=wanted.asked(act),
            lines=lines[:_SHOWN],
            more=len(lines) > _SHOWN,
            most=_ROWS,
            query=urlencode(filters),
            told=told(filters, choices),
            choices=_choices(_occasion(db), act),
            address="/advisor/bulk",
            chosen=_ticked(lines[:_SHOWN], filters, wrong, begun),
            drafts=begun,
            user=user,
            wrong=wrong,
            entered=request.form if wrong else {},
        )
    return html, wrong.status if wrong else 200


def _choices(on: Occasion, act: Act) -> dict[str, Mapping[str, str]]:
    """What can be chosen, by the field."""
    asked = wanted.asked(act)
    people = {one.email: one.name for one in users.advisors(on.session)}
    words = {field.name: field.among(on, {}) for field in asked if isinstance(field, Choice)}
    return words | {field.name: people for field in asked if isinstance(field, Advisor)}


def _page(verb: str, filters: Mapping[str, str]) -> str:
    """Where drafts of it are written: what was filtered by is a part of what is meant."""
    return f"/advisor/bulk/{verb}{f'?{urlencode(filters)}' if filters else ''}"


def _ticked(
    lines: Sequence[EngagementRow], filters: Mapping[str, str], wrong: Trouble | None, begun: PageDrafts | None
) -> set[str]:
    """What somebody has filtered by is meant, until they say otherwise."""
    if wrong:
        return set(request.form.getlist("which"))
    if begun and begun.has("bulk"):
        return set(begun.chosen("bulk", "which"))
    return {line.reference for line in lines} if filters else set()


def _chosen(db: Session) -> list[str]:
    """The references of those that are ticked, or of all that the filter in force finds."""
    if request.form.get("all"):
        return [line.reference for line in islice(_found(db), _ROWS)]
    return request.form.getlist("which")[:_ROWS]


def _found(db: Session) -> Iterator[EngagementRow]:
    """The engagements under way that the address asks for, what is due first in front."""
    user, now = access.current_user(), here().clock()
    asked = Reading(choices_of(db), user.id, now, LOCAL).wanted(request.args)
    return (line for line in engagement_list.every(db, now, asked) if line.standing in OPEN_STANDINGS)


def _act(verb: str) -> Act:
    if verb not in wanted.MANY:
        raise NotFound("That cannot be done for many engagements at once. Go back and choose.")
    act = wanted.MANY[verb]
    access.agree(access.current_user(), act.pages)
    with here().store.reading() as db:
        wanted.agree_open(db, verb)
    return act


def _occasion(db: Session) -> Occasion:
    """About no engagement yet."""
    offers: list[Offer] = list(offers_of(db))
    return Occasion(db, 0, offers[-1], users.actor_of(access.current_user()), here().clock())
