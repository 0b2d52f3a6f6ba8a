"""The record with the offers this installation runs. Reading them takes a while: lists use outlines."""

from math import inf

from web.installation import Settings
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.history.keys import KEYS
from workflow.store.session import Store


def open_store(settings: Settings, at_most: float = inf) -> Store:
    """`at_most` is how many seconds whoever asks can wait for the database."""
    offers = Catalogue(load_offers((settings.offers,)))
    info = {"offers": offers, "hash_cost": settings.hash_cost, KEYS: settings.keys}
    return Store(settings.database_url, info, settings.patience.at_most(at_most))
