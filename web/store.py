"""The record with the offers this installation runs. Reading them takes a while: lists use outlines."""

from math import inf

from web.installation import Settings, utc_now
from workflow.store.history.keys import KEYS
from workflow.store.session import Store
from workflow.usecases.offers.opening import open_record


def open_store(settings: Settings, at_most: float = inf) -> Store:
    """`at_most` is how many seconds whoever asks can wait for the database."""
    info = {"hash_cost": settings.hash_cost, KEYS: settings.keys}
    patience = settings.patience.at_most(at_most)
    return open_record(settings.database_url, info, patience, settings.offer_folders, utc_now())
