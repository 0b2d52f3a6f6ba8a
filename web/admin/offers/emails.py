"""Every email of an offer, as each of its readers would get it."""

from flask import Blueprint

from web import access
from web.admin.offers.named import READERS, named, page
from web.app_state import here
from workflow.calendar.local_time import local_day
from workflow.engine.catalogue import offers_of
from workflow.preview.letters import preview_emails
from workflow.preview.made_up import MadeUp

bp = Blueprint("offer_emails", __name__, url_prefix="/admin/offers/<name:key>/emails")


@bp.get("")
@access.council(*READERS)
def show(key: str) -> str:
    offer = named(key)
    about = MadeUp(offer, local_day(here().clock(), offer.calendar.zone))
    with here().store.reading() as session:
        is_in_record = offers_of(session).revision(*offer.key) is not None
    may_reword = is_in_record and access.current_user().role == "admin"
    return page("emails.html", offer, "emails", emails=preview_emails(about, here().look), may_reword=may_reword)
