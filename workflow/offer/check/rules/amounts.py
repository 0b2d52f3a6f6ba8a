"""Numbers in guards: people that somebody must count, and the price as the terms name it. Pure."""

from collections.abc import Iterator

from workflow.offer.check.asked import asked_anywhere
from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer

_COUNTING = ("staff_nominated", "staff_trained", "staff_completed", "visits_left")


def nought(offer: Offer) -> Iterator[Finding]:
    for one in asked_anywhere(offer):
        if one.rule.guard in _COUNTING and one.rule.amount < 1:
            never = "never" if one.rule.guard == "visits_left" else "always"
            yield Finding(
                f"{one.what} has the guard {one.rule.guard} with {one.rule.amount}, which {never} holds. "
                "Write 1 or more, or take the guard out.",
                one.rule,
            )


def other_price(offer: Offer) -> Iterator[Finding]:
    """An amount that was typed twice is changed once."""
    price = offer.offer.price
    for one in asked_anywhere(offer):
        if one.rule.guard == "price_paid" and one.rule.amount != price:
            yield Finding(
                f"{one.what} waits for £{one.rule.amount:.2f} and the price is £{price:.2f}. "
                "Write price_paid = “price”, which follows it.",
                one.rule,
            )
