"""The forms of a school's pages whose acts are about the school as a whole, and the drafts of all of them.

Each stands on one page, which is shown again with what is wrong, or says what was done.
"""

import re
from collections.abc import Callable
from functools import partial

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import draft_post, form_post
from web.forms.form_errors import Trouble
from web.forms.form_post import FormPost
from web.school.pages import dates_page, people_page
from web.school.pages.frame import PAGES, READER, address_of
from workflow.acts.act import About
from workflow.acts.registry import on_page
from workflow.store import lookups

bp = Blueprint("lead_forms", __name__, url_prefix="/school")
Render = Callable[[str, Trouble | None], ResponseReturnValue]
#: What an act is about says on which page its form stands.
_PLACES: dict[About, tuple[str, Render]] = {
    "people": ("people", people_page.render),
    "engagement": ("dates", dates_page.render),
}
_WHERE = re.compile(r"(people|dates|messages)(/[1-9][0-9]{0,8})?", re.ASCII)


@bp.post("/<token:token>/<name:act>")
@access.school_session
def act(token: str, act: str) -> ResponseReturnValue:
    """Raises NotFound for a form that is not there."""
    found = on_page(READER.role, act, *_PLACES)
    page, render = _PLACES[found.about if found else "people"]
    post = FormPost(
        access.school_reference(),
        READER,
        form=act,
        section="main-content",
        render=partial(render, token),
        back=address_of(token, page),
        page=PAGES[page],
    )
    return form_post.carry_out(found, post, lambda _on: {})


@bp.post("/<token:token>/draft")
@access.school_session
def draft(token: str) -> ResponseReturnValue:
    """Goes back to the page that the form stands on."""
    with here().store.reading() as db:
        number = lookups.engagement_id(db, access.school_reference())
    where = request.args.get("on", "")
    return draft_post.answer(READER, number, address_of(token, where if _WHERE.fullmatch(where) else ""))
