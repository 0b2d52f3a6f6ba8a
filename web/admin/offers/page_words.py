"""The page of an offer and its calendar in other words: titles, what schools read, and days on which nobody works."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import access
from web.admin.offers import wording
from web.admin.offers.wording import Source

bp = Blueprint("offer_page_words", __name__, url_prefix="/admin/offers/<name:key>/words/<any(page, calendar):file>")


class _File(NamedTuple):
    path: str
    called: str
    hint: str


_FILES: Mapping[str, _File] = {
    "page": _File(
        "offer.toml",
        "The page",
        "Words in quotation marks are what people read: titles, what schools are told, who signs. Only these, and the "
        "brand, can be changed here. Names, rules, spans and the price belong to another version.",
    ),
    "calendar": _File(
        "calendar.toml",
        "The calendar",
        "Terms, holidays and days on which the council is shut. Promises and timers that are under way keep the day "
        "that they have; what begins from now on is counted by this.",
    ),
}


@bp.get("")
@access.council("admin")
def show(key: str, file: str) -> ResponseReturnValue:
    return wording.show(_source(key, file))


@bp.post("")
@access.council("admin")
def look(key: str, file: str) -> ResponseReturnValue:
    return wording.look(_source(key, file))


@bp.post("/use")
@access.council("admin", sensitive=True)
def use(key: str, file: str) -> ResponseReturnValue:
    return wording.use(_source(key, file))


def _source(key: str, file: str) -> Source:
    path, called, hint = _FILES[file]
    return Source(key, path, called, f"{called}, as a file", hint, "", f"words/{file}")
