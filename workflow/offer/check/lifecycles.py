"""The small journeys: every status can be reached and left, and every verb has somebody to say it. Pure."""

from collections.abc import Iterator

from workflow.domain.lifecycles import LIFECYCLES
from workflow.english import a, in_words, listed
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Paths, told
from workflow.offer.definition import Offer
from workflow.offer.graph import Graph
from workflow.offer.triggers import StatusTransition

#: The verbs that the program says by itself.
_SAID_BY_THE_SYSTEM = {
    ("participant", "train"),
    ("participant", "recognise"),
    ("appointment", "book"),
    ("certificate", "issue"),
}
#: What must be reachable for a guard of the big journey ever to hold, by the guard.
NEEDED = {
    "staff_completed": ("participant", "completed"),
    "everyone_decided": ("participant", "completed"),
    "appointment_booked": ("appointment", "booked"),
    "dates_offered": ("appointment", "booked"),
    "appointment_held": ("appointment", "held"),
    "register_taken": ("appointment", "registered"),
    "staff_trained": ("appointment", "registered"),
    "outputs_recorded": ("appointment", "held"),
    "awaiting_judgement": ("appointment", "held"),
}


def small(offer: Offer) -> Iterator[Finding]:
    for name, noun in LIFECYCLES.items():
        moves = [move for move in offer.moves if move.of == name]
        graph = Graph(noun.statuses, ((was, move.to, move.verb) for move in moves for was in move.from_))
        paths = graph.ways_from(noun.start)
        yield from _unreachable(name, moves, paths)
        yield from _trapped(name, graph.leading_to(noun.ends), moves, paths)
        yield from _never_said(name, moves)
        yield from _needed(offer, name, paths)
    yield from _twice(offer)


def _unreachable(name: str, moves: list[StatusTransition], paths: Paths) -> Iterator[Finding]:
    for move in moves:
        lost = [status for status in move.from_ if status not in paths]
        if lost:
            yield Finding(
                f"No {name} is ever {listed([in_words(one) for one in lost], 'or')}, where “{move.verb}” starts from. "
                "Add a verb that leads there, or take it out of its from.",
                move,
                "from",
            )


def _trapped(name: str, ends: set[str], moves: list[StatusTransition], paths: Paths) -> Iterator[Finding]:
    for status, path in paths.items():
        if moves and status not in ends:
            what = f"{a(name).capitalize()} that is {in_words(status)} ({told(path)})"
            yield Finding(
                f"{what} can come to no end. Add a verb that leads on.",
                next((move for move in moves if status in (move.to, *move.from_)), moves[0]),
            )


def _never_said(name: str, moves: list[StatusTransition]) -> Iterator[Finding]:
    for move in moves:
        if set(move.by) == {"system"} and (name, move.verb) not in _SAID_BY_THE_SYSTEM:
            yield Finding(
                f"“{move.verb}” of {a(name)} is for the system alone, which never says it. Add a person to its by.",
                move,
                "by",
            )
        if "system" in move.by and move.reasons:
            yield Finding(
                f"“{move.verb}” of {a(name)} wants a reason, which the system cannot give. Take one of the two out.",
                move,
                "by",
            )
        if move.to in move.from_:
            yield Finding(
                f"“{move.verb}” of {a(name)} leads from {in_words(move.to)} to itself. Take it out of its from.",
                move,
                "from",
            )


def _needed(offer: Offer, name: str, paths: Paths) -> Iterator[Finding]:
    """Guards of the big journey that no small journey can ever make true."""
    said: set[tuple[str, str]] = set()
    for one in offer.transitions:
        for rule in one.guards:
            guard, (noun, status) = rule.guard, NEEDED.get(rule.guard, ("", ""))
            if noun == name and status not in paths and (guard, status) not in said:
                said.add((guard, status))
                what = f"{a(name)} that is {in_words(status)}"
                yield Finding(f"“{one.trigger}” waits for {what}, which no verb leads to. Add one.", rule)
        if name == "certificate" and "issued" not in paths and any(effect.kind == name for effect in one.effects):
            yield Finding(
                f"“{one.trigger}” makes certificates, and no verb leads a certificate to issued. Add one.",
                one,
                "effects",
            )


def _twice(offer: Offer) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for move in offer.moves:
        if (move.of, move.verb) in seen:
            yield Finding(
                f"“{move.verb}” of {a(move.of)} stands on the page twice. Keep one table, with all its from.",
                move,
                "verb",
            )
        seen.add((move.of, move.verb))
