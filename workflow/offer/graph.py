"""What leads where on a page, as a graph: the only file that imports `networkx`, which takes a while to load.

Ways are the shortest there are. Of several that are alike, the one whose edges were given first counts, so that the
same page always has the same ways.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Generic, TypeVar

import networkx as nx

T = TypeVar("T")


class Graph(Generic[T]):
    """Places by name, and edges from one to another with what leads along them. Between two places the first counts."""

    def __init__(self, places: Iterable[str], edges: Iterable[tuple[str, str, T]]) -> None:
        self._graph = nx.DiGraph()
        self._graph.add_nodes_from(places)
        for source, to, along in edges:
            if not self._graph.has_edge(source, to):
                self._graph.add_edge(source, to, along=along)

    def ways_from(self, start: str) -> dict[str, tuple[T, ...]]:
        """What leads along the shortest way to each place that can be reached, the nearest first."""
        ways: dict[str, tuple[T, ...]] = {start: ()}
        for source, to in nx.bfs_edges(self._graph, start):
            ways[to] = (*ways[source], self._along(source, to))
        return ways

    def leading_to(self, ends: Iterable[str]) -> set[str]:
        """The places from which any of the ends can be reached, and the ends themselves."""
        return {place for end in ends for place in (end, *nx.ancestors(self._graph, end))}

    def round_from(self, start: str) -> tuple[list[str], list[T]] | None:
        """The places passed, and what leads along, on the shortest way from a place to itself; None without one."""
        passed = nx.single_source_shortest_path(self._graph, start)
        last = next((place for place in passed if self._graph.has_edge(place, start)), None)
        if last is None:
            return None
        way: list[str] = passed[last]
        return way, [self._along(source, to) for source, to in pairwise([*way, start])]

    def _along(self, source: str, to: str) -> T:
        along: T = self._graph.edges[source, to]["along"]
        return along
