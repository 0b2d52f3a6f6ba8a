"""Several people named at a time, in rows: all of them, or those whose rows are right while the others are mended."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from web import access
from web.app_state import here
from web.forms import drafts, form_post
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from web.school.pages import name_rows, people_page
from web.school.pages.frame import PAGES, READER, address_of, begun, engagement_of
from web.school.pages.name_rows import FORM, MORE, MOST, NameRow
from workflow.acts.act import Act, Done, Occasion, occasion
from workflow.errors import BadInput, Problem, WorkflowError
from workflow.usecases import participants
from workflow.usecases.participants import Nominee
from workflow.usecases.people import drafts as own_drafts

bp = Blueprint("school_names", __name__, url_prefix="/school/<token:token>")
_UNPROCESSABLE = 422
#: Which of the form's buttons was pressed: more rows, or those that are right and no others.
_MORE, _GOOD = "more", "good"


def _name(on: Occasion, *, people: list[Nominee]) -> Done:
    named = len(participants.nominate(on.session, on.engagement_id, people, **on.who))
    said, what = ("person is", "the phase") if named == 1 else ("people are", "their phases")
    agreed = f", and your advisor will agree {what}" if len(on.offer.phases) > 1 else ""
    return Done(f"Thank you. {named} {said} named{agreed}.")


#: Not among those that are declared for all: the console has the import of a staff list for it.
_NAME_MANY = Act(
    name="nominate_many",
    about="people",
    do=_name,
    by=("school_lead",),
    pages=("school_lead",),
    command="import staff",
    help="Put several people forward.",
    example="CMC-26-0042-K staff.csv",
)


@bp.post(f"/{FORM}")
@access.school_session
def name_many(token: str) -> ResponseReturnValue:
    if request.form.get(_MORE):
        return _more_rows(token)
    only_good = bool(request.form.get(_GOOD))
    post = FormPost(
        access.school_reference(),
        READER,
        form=FORM,
        section="name",
        render=partial(people_page.render, token),
        back=address_of(token, "people"),
        page=PAGES["people"],
    )
    left = _left_over() if only_good else []
    answer = form_post.carry_out(_NAME_MANY, post, partial(_found, only_good=only_good))
    return _rest(token, left) if left and isinstance(answer, Redirect) else answer


def _found(on: Occasion, *, only_good: bool) -> Mapping[str, Any]:
    """Raises BadInput with every mistake, unless those that are right are taken by themselves."""
    found = name_rows.read(on, request.form)
    is_refused = bool(found.wrong) and not (only_good and found.good and name_rows.WHOLE not in found.wrong)
    if is_refused:
        raise BadInput("Nobody is named yet.", tuple(Problem(*one) for one in found.wrong.items()))
    return {"people": [*found.good.values()]}


def _left_over() -> list[NameRow]:
    """The rows that are not right, before the others are taken."""
    with here().store.reading() as db:
        on = occasion(db, engagement_of(db).id, actor=READER, now=here().clock())
        good = name_rows.read(on, request.form).good
    return [row for row in name_rows.typed(request.form) if row.number not in good]


def _rest(token: str, left: list[NameRow]) -> ResponseReturnValue:
    """What is still to be mended, on the page that says what was done, and as a draft for when one comes back."""
    fields = numbered(left)
    with here().store.writing() as db:
        page = begun(db, engagement_of(db), token, "people")
        spot = drafts.spot_of(page.mark(FORM), READER, page.owner)
        if spot is not None:
            kept = {name: [text] for name, text in fields.items()}
            with suppress(WorkflowError):  # of a text that no draft takes: it stands on the page all the same
                own_drafts.keep(db, page.owner, spot, kept, seen=0, now=here().clock())
    return people_page.render(token, looked_at(fields), fields)


def looked_at(fields: Mapping[str, str]) -> Trouble:
    """What is wrong with rows that nobody has sent yet."""
    with here().store.reading() as db:
        on = occasion(db, engagement_of(db).id, actor=READER, now=here().clock())
        return Trouble(_UNPROCESSABLE, (), FORM, name_rows.read(on, fields).wrong)


def numbered(rows: list[NameRow]) -> dict[str, str]:
    """One below the other, as the form has them."""
    return {name: text for number, row in enumerate(rows, 1) for name, text in row.fields(number).items()}


def _more_rows(token: str) -> ResponseReturnValue:
    """The same form with more rows, and everything that was typed."""
    rows = min(len(name_rows.shown(request.form)) + MORE, MOST)
    fields = {name: text for row in name_rows.typed(request.form) for name, text in row.fields(row.number).items()}
    return people_page.render(token, Trouble(200, (), FORM), {**fields, f"name-{rows}": fields.get(f"name-{rows}", "")})
