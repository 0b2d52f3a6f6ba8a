"""Proves an offer sound before it is used: every fault with the shortest path that shows it, in English.

The loader has made sure that every name is known. What is checked here is what only the whole page shows. Pure.
"""

from collections import deque
from collections.abc import Iterator

from workflow import placeholders
from workflow.definition import Offer, Stage, Timer
from workflow.effects import Effect
from workflow.verbs import Move, Transition
from workflow.words import listed

#: The verbs that a review of evidence says.
_REVIEWS = {("participant", "return"), ("participant", "accept")}


def check(offer: Offer) -> list[str]:
    """Every fault as a sentence; nothing when the page is sound."""
    paths = _paths(offer)
    return [
        *_unreachable(offer, paths),
        *_stuck(offer, paths),
        *_nobody(offer, paths),
        *_automatic(offer),
        *_circles(offer),
        *_judgements(offer),
        *_timers(offer),
        *_certificates(offer),
        *_emails(offer, paths),
    ]


def _moves(offer: Offer, stage: str) -> Iterator[Transition]:
    return (one for one in offer.transitions if stage in one.from_ and "active" in one.standing.from_)


def _paths(offer: Offer) -> dict[str, tuple[str, ...]]:
    """The shortest list of triggers from the start to each stage that can be reached."""
    paths: dict[str, tuple[str, ...]] = {offer.offer.start: ()}
    waiting = deque([offer.offer.start])
    while waiting:
        stage = waiting.popleft()
        for move in _moves(offer, stage):
            if move.to and move.to not in paths:
                paths[move.to] = (*paths[stage], move.trigger)
                waiting.append(move.to)
    return paths


def _told(path: tuple[str, ...]) -> str:
    return f"after {listed(list(path), 'then')}" if path else "at the start"


def _unreachable(offer: Offer, paths: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for stage in offer.stages:
        if stage.name not in paths:
            yield f"No path leads to the stage “{stage.name}”. Add a transition to it, or take it out."


def _ends(offer: Offer) -> set[str]:
    """The stages from which a final stage can be reached."""
    ends = {stage.name for stage in offer.stages if stage.final}
    for _ in offer.stages:
        ends |= {stage for one in offer.transitions if one.to in ends for stage in one.from_}
    return ends


def _stuck(offer: Offer, paths: dict[str, tuple[str, ...]]) -> Iterator[str]:
    ends = _ends(offer)
    for name, path in paths.items():
        if name not in ends:
            yield f"The stage “{name}” ({_told(path)}) leads to no end. Mark it final, or lead it on."


def _nobody(offer: Offer, paths: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """A stage where no person can do a thing and no timer speaks up would wait for ever."""
    for name, path in paths.items():
        acts = [one for one in _moves(offer, name) if one.standing.to == "active"]
        people = any(set(one.by) - {"system"} for one in acts)
        if not offer.stage[name].final and not people and not offer.timers_of[name]:
            yield f"At the stage “{name}” ({_told(path)}) nobody can act and no timer escalates."


def _automatic(offer: Offer) -> Iterator[str]:
    for one in offer.transitions:
        if one.automatic and "system" not in one.by:
            yield f"“{one.trigger}” is automatic, so “system” must be among those in its by."
        if one.automatic and (one.note or one.inputs):
            yield f"“{one.trigger}” is automatic and asks for a note or a value, which nobody would be there to give."
        if one.automatic and not one.guards:
            yield f"“{one.trigger}” is automatic and has no guard, so it would fire the moment its stage begins."
        if one.automatic and one.to is None:
            yield f"“{one.trigger}” is automatic and stays where it is, so it would fire for ever. Give it a to."


def _circles(offer: Offer) -> Iterator[str]:
    """Automatic triggers that lead back to where they began: with their guards met they would never settle."""
    seen: set[str] = set()
    for stage in offer.stages:
        path: dict[str, str] = {}
        here: str | None = stage.name
        while here is not None and here not in path and here not in seen:
            onward = next((one for one in offer.transitions if one.automatic and here in one.from_ and one.to), None)
            path[here], here = (onward.trigger, onward.to) if onward else ("", None)
        if here in path and here not in seen:
            round_ = list(path)[list(path).index(here) :]
            triggers = listed([path[one] for one in round_], "then")
            yield f"At the stage “{here}” the automatic {triggers} lead round in a circle."
        seen |= set(path)


def _judgements(offer: Offer) -> Iterator[str]:
    """A judgement is of a visit that took place and nobody has judged; no reason can stand in for one."""
    for one in offer.transitions:
        of = one.records.of
        sure = any(
            rule.guard == "awaiting_judgement" and rule.subject == of and not rule.waivable for rule in one.guards
        )
        if one.records.judgement and not sure:
            yield (
                f"“{one.trigger}” records a judgement; it must have the guard awaiting_judgement = “{of}” "
                "with waivable = false."
            )


def _timers(offer: Offer) -> Iterator[str]:
    for timer in offer.timers:
        if not timer.effects and not timer.trigger:
            yield f"The timer “{timer.name}” does nothing. Give it effects or a trigger."
        if timer.trigger and not _may_fire(offer, timer):
            yield f"The timer “{timer.name}” fires “{timer.trigger}”, which the system may not fire at “{timer.stage}”."


def _may_fire(offer: Offer, timer: Timer) -> bool:
    ways = offer.triggers.get(timer.trigger or "", ())
    return any(timer.stage in one.from_ and "system" in one.by for one in ways)


def _certificates(offer: Offer) -> Iterator[str]:
    """No certificate without what the offer says certificates need, at the transition that issues them."""
    for one in offer.transitions:
        if not any(effect.kind == "certificate" for effect in one.effects):
            continue
        if offer.certificate is None:
            yield f"“{one.trigger}” makes certificates and the page has no [certificate] table."
            continue
        needs = offer.certificate.needs
        held = [
            rule for rule in one.guards if (rule.guard, rule.subject, rule.of) == (needs.guard, needs.subject, needs.of)
        ]
        if not held:
            yield f"“{one.trigger}” makes certificates without the guard {needs.guard} = “{needs.subject}”."
        elif any(rule.waivable for rule in held):
            yield f"“{one.trigger}” makes certificates; its guard {needs.guard} must have waivable = false."


def _emails(offer: Offer, paths: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Every email renders for every path that can send it."""
    promised = _promised(offer.stage[offer.offer.start])
    yield from _unfilled(offer, offer.offer.effects, "when the engagement begins", promised)
    for one in offer.transitions:
        for stage in (name for name in one.from_ if name in paths and _can_fire_at(offer, one, name)):
            when = f"when “{one.trigger}” is fired {_told(paths[stage])}"
            yield from _unfilled(offer, one.effects, when, *_situations(offer, one, offer.stage[one.to or stage]))
    for timer in (timer for timer in offer.timers if timer.stage in paths):
        yield from _unfilled(
            offer, timer.effects, f"from the timer “{timer.name}”", _promised(offer.stage[timer.stage])
        )
    for move in offer.moves:
        when = f"when a {move.of} is said to “{move.verb}”"
        yield from _unfilled(offer, move.effects, when, *_about(move))
    for name, situation in _policy_emails(offer):
        yield from _unfilled(offer, (Effect("email", name),), "by the policy of the page", situation)


def _situations(offer: Offer, one: Transition, to: Stage) -> Iterator[frozenset[str]]:
    if one.standing.to == "active" and not to.final:
        yield _promised(to)
    if one.note is not None:
        yield placeholders.NOTED
    if one.refund and offer.policy.refund:
        yield placeholders.REFUNDED


def _about(move: Move) -> Iterator[frozenset[str]]:
    """What an email about a small journey's step can tell."""
    yield {"participant": placeholders.ABOUT, "appointment": placeholders.MEETING}.get(
        move.of, placeholders.CERTIFIED | placeholders.ABOUT
    )
    if move.reasons:
        yield placeholders.REASONED
    if (move.of, move.verb) in _REVIEWS:
        yield placeholders.REVIEWED


def _policy_emails(offer: Offer) -> Iterator[tuple[str, frozenset[str]]]:
    policy = offer.policy
    told = (
        (policy.correction, placeholders.UNDONE | placeholders.NOTED),
        *((name, placeholders.NOTED) for name in policy.handover),
        (policy.message, placeholders.NOTED),
        (policy.support, placeholders.ABOUT),
    )
    yield from ((name, situation) for name, situation in told if name is not None)


def _promised(stage: Stage) -> frozenset[str]:
    """Whether a promise of the stage has a day from its beginning, before any meeting has a date."""
    return placeholders.PROMISED if any(promise.at is None for promise in stage.promises) else frozenset()


def _can_fire_at(offer: Offer, transition: Transition, stage: str) -> bool:
    """An engagement at a final stage is completed, whatever the transition says of stages."""
    return not offer.stage[stage].final or "completed" in transition.standing.from_


def _unfilled(offer: Offer, effects: tuple[Effect, ...], when: str, *situations: frozenset[str]) -> Iterator[str]:
    for effect in effects:
        certified = effect.kind == "certificate"
        if certified and offer.certificate is None:
            continue
        name = offer.certificate.email if certified and offer.certificate else effect.name
        email, own = offer.emails[name], (placeholders.CERTIFIED,) if certified else ()
        for audience in email.to:
            missing = sorted(email.placeholders - placeholders.known(audience, *situations, *own))
            if missing:
                names = listed([f"{{{{ {name} }}}}" for name in missing])
                yield f"The email “{email.name}” to the {audience} has no value for {names} {when}."
