"""An email of an offer in other words, looked at as its readers would get it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access
from web.admin.offers import wording
from web.admin.offers.wording import Source

bp = Blueprint("offer_email_words", __name__, url_prefix="/admin/offers/<name:key>/emails/<name:email>")
_HINT = (
    "Between the two lines of +++ stand the subject and who it is for. Below stands the letter, in Markdown, with "
    "placeholders in braces. Only words can be changed here: who gets it, and when, belongs to another version."
)


@bp.get("")
@access.council("admin")
def show(key: str, email: str) -> ResponseReturnValue:
    return wording.show(_source(key, email))


@bp.post("")
@access.council("admin")
def look(key: str, email: str) -> ResponseReturnValue:
    return wording.look(_source(key, email))


@bp.post("/use")
@access.council("admin", sensitive=True)
def use(key: str, email: str) -> ResponseReturnValue:
    return wording.use(_source(key, email))


def _source(key: str, email: str) -> Source:
    called, path = f"“{email}”", f"emails/{email}.md"
    return Source(key, path, called, "The file of this email", _HINT, "emails", f"emails/{email}", email)
