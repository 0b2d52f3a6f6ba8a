"""Who judges and who approves: people of the council, not the same for both, and each once. Pure."""

from collections.abc import Iterator

from workflow.domain.actor import COUNCIL_ROLES, ROLE_TITLES
from workflow.domain.guards import Rule
from workflow.english import listed
from workflow.offer.check.asked import asked_anywhere
from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition

#: Those who lead schools through their journey.
_LEADING = "advisor"


def not_the_council(offer: Offer) -> Iterator[Finding]:
    for one in _recording(offer):
        others = [ROLE_TITLES[role] for role in one.by if role not in COUNCIL_ROLES]
        if others:
            yield Finding(
                f"“{one.trigger}” records {_what(one)} and may be said by the {listed(others, 'or')}. "
                "Only people of the council may: take the others out of its by.",
                one,
                "by",
            )


def _recording(offer: Offer) -> Iterator[Transition]:
    return (one for one in offer.transitions if one.records.judgement or one.records.approval)


def _what(one: Transition) -> str:
    return "a judgement" if one.records.judgement else "an approval"


def own_school(offer: Offer) -> Iterator[Finding]:
    for one in offer.transitions:
        sure = any(rule.guard == "not_lead_advisor" for rule in one.guards)
        if one.records.judgement and _LEADING in one.by and not sure:
            yield Finding(
                f"“{one.trigger}” records a judgement and may be said by the school’s own advisor. "
                "Give it the guard not_lead_advisor = true, or take the advisor out of its by.",
                one,
                "by",
            )


def one_person(offer: Offer) -> Iterator[Finding]:
    """What a certificate waits for is approved by somebody else than whoever judged the visit."""
    needs = offer.certificate.needs if offer.certificate else None
    if needs is None or needs.guard != "judgement":
        return
    judging = {role for one in offer.transitions if one.records.of == needs.of for role in one.by}
    wanted = {rule.subject for one in offer.transitions for rule in one.guards if _certifies(one, rule)}
    for one in offer.transitions:
        if one.records.approval in wanted and judging & set(one.by) & set(COUNCIL_ROLES):
            yield from _unwatched(one, needs.of)


def _certifies(one: Transition, rule: Rule) -> bool:
    return rule.guard == "approved" and any(effect.kind == "certificate" for effect in one.effects)


def _unwatched(one: Transition, visit: str) -> Iterator[Finding]:
    held = [rule for rule in one.guards if (rule.guard, rule.subject) == ("second_person", visit)]
    if not held:
        yield Finding(
            f"“{one.trigger}” may be said by whoever judged “{visit}”. "
            f"Give it the guard second_person = “{visit}” with waivable = false.",
            one,
            "guards",
        )
    elif any(rule.waivable for rule in held):
        yield Finding(
            f"“{one.trigger}” may be said by whoever judged “{visit}” and gives a reason. "
            "Give its guard second_person waivable = false.",
            held[0],
        )


def approvals(offer: Offer) -> Iterator[Finding]:
    """Each is given once, and asked for somewhere."""
    wanted = {one.rule.subject for one in asked_anywhere(offer) if one.rule.guard == "approved"}
    for one in (one for one in offer.transitions if one.records.approval):
        name = one.records.approval
        if name not in wanted:
            yield Finding(
                f"“{one.trigger}” records the approval “{name}”, which nothing on the page asks for. "
                f"Ask for it with the guard approved = “{name}”, or take it out.",
                one,
                "records",
            )
        once = any((rule.guard, rule.subject) == ("not_approved", name) for rule in one.guards)
        if one.to is None and not once:
            yield Finding(
                f"“{one.trigger}” can be said again when the {name} is approved already. "
                f"Give it the guard not_approved = “{name}”.",
                one,
                "guards",
            )


def two_outcomes(offer: Offer) -> Iterator[Finding]:
    for one in offer.transitions:
        first: dict[str, Rule] = {}
        for rule in (rule for rule in one.guards if rule.guard == "judgement"):
            if first.setdefault(rule.of, rule).subject != rule.subject:
                yield Finding(
                    f"“{one.trigger}” wants “{rule.of}” judged “{first[rule.of].subject}” and “{rule.subject}” at "
                    "once. Take one out.",
                    rule,
                )
