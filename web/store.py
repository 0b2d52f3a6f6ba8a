"""The record with the offers this installation runs. Reading them takes a while: lists use outlines."""

from web.installation import Settings
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.session import Store


def open_store(settings: Settings) -> Store:
    """Raises BadInput when an offer has mistakes."""
    offers = Catalogue(load_offers((settings.offers,)))
    return Store(settings.database_url, {"offers": offers, "hash_cost": settings.hash_cost})
