"""What a public service owes everybody: what it keeps of them, how far they can use it, and which cookies it has."""

from flask import Blueprint, current_app, render_template

from web import access
from web.app_state import here
from workflow.domain.council.contacts import PREPARED
from workflow.store.privacy import kinds

bp = Blueprint("legal", __name__)


@bp.get("/privacy")
@access.public
def privacy() -> str:
    """Made from the marks of the columns, so that it cannot say less than is kept; of what an offer has, where one
    does."""
    parts = {"": True, **here().has()._asdict()}
    return render_template("public/privacy.html", told=[one for one in kinds.told() if parts[one.kind.part]])


@bp.get("/accessibility")
@access.public
def accessibility() -> str:
    return render_template("public/accessibility.html", prepared=PREPARED)


@bp.get("/cookies")
@access.public
def cookies() -> str:
    policy, name = here().policy, current_app.config["SESSION_COOKIE_NAME"]
    return render_template("public/cookies.html", name=name, policy=policy)
