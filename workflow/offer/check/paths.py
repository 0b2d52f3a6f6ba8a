"""Which stages can be reached, how, and whether they lead to an end. Pure."""

from collections.abc import Iterable, Iterator

from workflow.english import listed
from workflow.offer.definition import Offer
from workflow.offer.graph import Graph
from workflow.offer.triggers import Transition

#: The shortest list of triggers from the start to each stage that can be reached.
Paths = dict[str, tuple[str, ...]]


def moves_from(offer: Offer, stage: str) -> Iterator[Transition]:
    return (one for one in offer.transitions if stage in one.from_ and "active" in one.standing.from_)


def paths_of(offer: Offer) -> Paths:
    """The shortest list of triggers from the start to each stage that can be reached."""
    return _graph(offer, (one for one in offer.transitions if "active" in one.standing.from_)).ways_from(
        offer.offer.start
    )


def _graph(offer: Offer, transitions: Iterable[Transition]) -> Graph[str]:
    return Graph(offer.stage, ((stage, one.to, one.trigger) for one in transitions if one.to for stage in one.from_))


def told(path: tuple[str, ...]) -> str:
    return f"after {listed(list(path), 'then')}" if path else "at the start"


def ends_of(offer: Offer) -> set[str]:
    """The stages from which a final stage can be reached."""
    return _graph(offer, offer.transitions).leading_to(stage.name for stage in offer.stages if stage.final)


def ways_to(offer: Offer, stage: str) -> set[str]:
    """The stages that can lead to this one, itself included."""
    return _graph(offer, offer.transitions).leading_to([stage])


#: What leads on from a stage by itself: the words for it, and the stage it leads to.
Edges = dict[str, list[tuple[str, str]]]


def rounds(edges: Edges) -> Iterator[tuple[str, list[str]]]:
    """Every way that leads round: a stage and the words of the shortest way back to it, once for each round."""
    graph = Graph(edges, ((stage, to, word) for stage, ways in edges.items() for word, to in ways))
    told_of: set[frozenset[str]] = set()
    for start in edges:
        found = graph.round_from(start)
        if found is not None and frozenset(found[0]) not in told_of:
            told_of.add(frozenset(found[0]))
            yield start, found[1]
