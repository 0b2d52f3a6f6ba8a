"""Where the council's people keep what they have begun to write, from whatever page it stands on."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access
from web.forms import draft_post, drafts
from workflow.domain.actor import COUNCIL_ROLES
from workflow.usecases import users

bp = Blueprint("drafts", __name__)


@bp.post(drafts.COUNCIL)
@access.council(*COUNCIL_ROLES)
def keep() -> ResponseReturnValue:
    return draft_post.answer(users.actor_of(access.current_user()))
