"""Every email of an offer, as each of its readers would get it."""

from flask import Blueprint

from web import access
from web.admin.offers.named import READERS, may_reword, named, page
from web.app_state import here
from workflow.calendar.local_time import local_day
from workflow.preview.letters import preview_emails
from workflow.preview.made_up import MadeUp

bp = Blueprint("offer_emails", __name__, url_prefix="/admin/offers/<name:key>/emails")


@bp.get("")
@access.council(*READERS)
def show(key: str) -> str:
    offer = named(key)
    about = MadeUp(offer, local_day(here().clock(), offer.calendar.zone))
    emails = preview_emails(about, here().look)
    return page("emails.html", offer, "emails", emails=emails, may_reword=may_reword(offer))
