"""Which offer a page is about, by its code and version in the address; and who may look."""

from collections.abc import Mapping

from flask import render_template

from web import access
from web.app_state import here
from workflow.engine.catalogue import offers_of
from workflow.errors import NotFound
from workflow.offer.definition import Offer

#: Whoever sets offers up, and those who have to know what an offer says and does.
READERS = ("admin", "auditor", "lead_advisor")
#: The pages about one offer, by the last part of their address.
PLACES: Mapping[str, str] = {"": "The journey", "emails": "Emails", "days": "Days", "walk": "Walk it"}


def named(key: str) -> Offer:
    """Raises NotFound."""
    with here().store.reading() as session:
        found = next((one for one in offers_of(session) if "-".join(one.key) == key), None)
    if found is None:
        raise NotFound("There is no such offer here.")
    return found


def may_reword(offer: Offer) -> bool:
    """Whether whoever reads may put it into other words: what lies in a folder alone is edited there."""
    with here().store.reading() as session:
        is_in_record = offers_of(session).revision(*offer.key) is not None
    return is_in_record and access.current_user().role == "admin"


def page(template: str, offer: Offer, place: str, **shown: object) -> str:
    """One of the pages about an offer."""
    key = "-".join(offer.key)
    address = f"/admin/offers/{key}"
    return render_template(
        f"admin/offers/{template}",
        user=access.current_user(),
        offer=offer,
        key=key,
        address=address,
        places=[(title, f"{address}/{slug}".removesuffix("/"), slug == place) for slug, title in PLACES.items()],
        **shown,
    )
