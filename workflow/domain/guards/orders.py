"""Guards about what was bought, and by whom. Pure."""

from workflow.domain.facts import Facts
from workflow.domain.guards.rule import Rule, guard, refuse
from workflow.errors import Refusal


@guard("yes", "advisor")
def order_matched(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.order_number:
        return None
    return refuse(
        rule,
        "no order",
        "an order from the portal",
        "No order from the portal is matched to this engagement. The advisor can import the order.",
    )


@guard("yes", "advisor")
def school_open(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.school_open:
        return None
    return refuse(
        rule,
        "a closed school",
        "an open school",
        "The register of schools says this school is closed. The advisor can find out which school takes its place.",
    )


@guard("amount", "lead advisor")
def price_paid(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.price_paid == rule.amount:
        return None
    found = "no price" if facts.price_paid is None else f"£{facts.price_paid:.2f}"
    return refuse(
        rule,
        found,
        f"£{rule.amount:.2f}",
        f"The order shows {found} and the price is £{rule.amount:.2f}. The lead advisor can agree it or "
        "ask the school to correct the order.",
    )


@guard("yes", "advisor")
def lead_named(facts: Facts, rule: Rule) -> Refusal | None:
    if facts.lead_named:
        return None
    return refuse(
        rule,
        "no school lead",
        "a school lead with an email address",
        "No school lead is named. The advisor can add a name and an email address.",
    )
