"""Which stages can be reached, how, and whether they lead to an end. Pure."""

from collections import deque
from collections.abc import Iterator

from workflow.english import listed
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition

#: The shortest list of triggers from the start to each stage that can be reached.
Paths = dict[str, tuple[str, ...]]


def moves_from(offer: Offer, stage: str) -> Iterator[Transition]:
    return (one for one in offer.transitions if stage in one.from_ and "active" in one.standing.from_)


def paths_of(offer: Offer) -> Paths:
    """The shortest list of triggers from the start to each stage that can be reached."""
    paths: Paths = {offer.offer.start: ()}
    waiting = deque([offer.offer.start])
    while waiting:
        stage = waiting.popleft()
        for move in moves_from(offer, stage):
            if move.to and move.to not in paths:
                paths[move.to] = (*paths[stage], move.trigger)
                waiting.append(move.to)
    return paths


def told(path: tuple[str, ...]) -> str:
    return f"after {listed(list(path), 'then')}" if path else "at the start"


def ends_of(offer: Offer) -> set[str]:
    """The stages from which a final stage can be reached."""
    ends = {stage.name for stage in offer.stages if stage.final}
    for _ in offer.stages:
        ends |= {stage for one in offer.transitions if one.to in ends for stage in one.from_}
    return ends


def ways_to(offer: Offer, stage: str) -> set[str]:
    """The stages that can lead to this one, itself included."""
    ways = {stage}
    for _ in offer.stages:
        ways |= {source for one in offer.transitions if one.to in ways for source in one.from_}
    return ways


#: What leads on from a stage by itself: the words for it, and the stage it leads to.
Edges = dict[str, list[tuple[str, str]]]


def rounds(edges: Edges) -> Iterator[tuple[str, list[str]]]:
    """Every way that leads round: a stage and the words of the shortest way back to it, once for each round."""
    told_of: set[frozenset[str]] = set()
    for start in edges:
        found = _way_back(edges, start)
        if found is not None and frozenset(found[0]) not in told_of:
            told_of.add(frozenset(found[0]))
            yield start, found[1]


def _way_back(edges: Edges, start: str) -> tuple[list[str], list[str]] | None:
    """The stages passed and the words said on the shortest way from a stage to itself; None when there is none."""
    waiting: deque[tuple[str, list[str], list[str]]] = deque([(start, [], [])])
    seen: set[str] = set()
    while waiting:
        stage, passed, words = waiting.popleft()
        for word, to in edges.get(stage, ()):
            if to == start:
                return [*passed, stage], [*words, word]
            if to not in seen:
                seen.add(to)
                waiting.append((to, [*passed, stage], [*words, word]))
    return None
