"""Offers that differ as far as notations are concerned: the shipped one, a small one, and one that begins anew."""

from collections.abc import Callable
from pathlib import Path

from tests.test_layout import ROOT
from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited_offer
from workflow.offer.definition import Offer
from workflow.offer.loader import load_offer

#: A mark that is renewed, with rounds of its own.
LIBRARY = ROOT / "tests" / "offers" / "library-2026-01"
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


_WINDING = """[[transition]]
trigger = "skip_training"
title = "Leave the training out"
done = "Training left out"
school = "You need no training"
from = ["purchase", "training_1"]
to = "framework"
by = ["lead_advisor", "system"]

[[transition]]
trigger = "train_again"
title = "Go back to training"
done = "Back to training"
school = "Another training is needed"
from = "follow_up_1"
to = "training_1"
by = ["lead_advisor"]

[[timer]]
name = "no-training-asked-for"
stage = "training_1"
after = "30 school days"
trigger = "skip_training"

[[timer]]
name = "no-training-thought-of"
stage = "training_1"
after = "20 school days"
effects = [{ email = "overdue" }]

# --- Across all stages"""


def winding(folder: Path) -> Offer:
    """Ways over several stages, forwards and back, and a stage that time leads away from."""
    return edited_offer(folder, Edit(PAGE, "# --- Across all stages", _WINDING))


def brief(folder: Path) -> Offer:
    """More that time does than there is room for below two stages."""
    whole = (MENTORING / PAGE).read_text(encoding="utf-8")
    stages = whole.partition("[[stage]]")[2].partition("# --- The meetings")[0]
    moves = whole.partition("# --- What moves it")[2].partition("# --- Across all stages")[0]
    kept = whole.replace(stages, _TWO_STAGES).replace(moves, _ONE_MOVE).replace('start = "purchase"', 'start = "asked"')
    refund = "refund = { purchase = 100, training_1 = 100, training_2 = 50 }"
    own = kept.replace(refund, "refund = { asked = 100 }").replace('stage = "framework"', 'stage = "asked"')
    return edited_offer(folder, Edit(PAGE, None, own))


_TWO_STAGES = """
name = "asked"
title = "Asked"
school = "Tell us more"

[[stage]]
name = "given"
title = "Given"
school = "It is yours"
final = true

"""
_ONE_MOVE = """
[[transition]]
trigger = "give"
title = "Give it"
done = "Given"
school = "It is yours"
from = "asked"
to = "given"
by = ["lead_advisor"]
records = { approval = "evidence" }
effects = [{ email = "recognised" }]

"""


def hyphenated(folder: Path) -> Offer:
    """Names with a hyphen in them, which a page may have and most programs may not."""
    whole = (MENTORING / PAGE).read_text(encoding="utf-8").replace("qa_visit", "qa-visit")
    return edited_offer(folder, Edit(PAGE, None, whole))


OFFERS: dict[str, Callable[[Path], Offer]] = {
    "shipped": lambda _: load_offer(MENTORING),
    "small": lambda _: load_offer(READING),
    "library": lambda _: load_offer(LIBRARY),
    "renewed": renewed,
    "winding": winding,
    "brief": brief,
    "hyphenated": hyphenated,
}
