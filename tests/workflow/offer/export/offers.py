"""Offers that differ as far as notations are concerned: the shipped one, a small one, and one that begins anew."""

from collections.abc import Callable
from pathlib import Path

from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited_offer
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer

_RENEWAL = """[[transition]]
trigger = "renew"
title = "Begin the renewal"
done = "Renewal begun"
school = "Your renewal has begun"
from = "recognised"
to = "qa_visit"
standing = { from = ["completed"], to = "active" }
by = ["lead_advisor"]

# --- Across all stages"""


def renewed(folder: Path) -> Offer:
    """The shipped journey with a way back from its end."""
    return edited_offer(folder, Edit(PAGE, "# --- Across all stages", _RENEWAL))


def hyphenated(folder: Path) -> Offer:
    """Names with a hyphen in them, which a page may have and most programs may not."""
    whole = (MENTORING / PAGE).read_text(encoding="utf-8").replace("qa_visit", "qa-visit")
    return edited_offer(folder, Edit(PAGE, None, whole))


OFFERS: dict[str, Callable[[Path], Offer]] = {
    "shipped": lambda _: load_offer(MENTORING),
    "small": lambda _: load_offer(READING),
    "renewed": renewed,
    "hyphenated": hyphenated,
}
