"""A record opened with the offers that it holds."""

from collections.abc import Mapping
from datetime import datetime

from workflow.engine.catalogue import Catalogue
from workflow.store.databases.patience import Patience
from workflow.store.session import Store
from workflow.usecases.offers.following import follow
from workflow.usecases.offers.offer_folders import OfferFolders
from workflow.usecases.offers.running import RunningOffers


def open_record(url: str, info: Mapping[str, object], patience: Patience, offers: OfferFolders, now: datetime) -> Store:
    """With whole offers, which takes a while."""
    store = Store(url, info, patience)
    faults = follow(store, offers.source, now) if offers.follow else {}
    RunningOffers(store, offers.shelf, offers.source, Catalogue.read).begin(faults)
    return store
