"""Ways are the shortest, and of several alike the one that was given first."""

from workflow.offer.graph import Graph

GRAPH = Graph(
    "abcdef",
    [
        ("a", "b", "1"),
        ("a", "c", "2"),
        ("a", "b", "late"),
        ("c", "d", "3"),
        ("b", "d", "4"),
        ("d", "a", "5"),
        ("f", "f", "6"),
    ],
)


def test_the_nearest_places_come_first_and_the_first_edge_counts() -> None:
    ways = {"a": (), "b": ("1",), "c": ("2",), "d": ("1", "4")}
    assert list(GRAPH.ways_from("a").items()) == list(ways.items())


def test_what_leads_to_an_end_is_told_with_the_end() -> None:
    assert GRAPH.leading_to("b") == {"a", "b", "c", "d"}
    assert GRAPH.leading_to("ef") == {"e", "f"}
    assert GRAPH.leading_to("") == set()


def test_a_way_round_is_the_shortest() -> None:
    assert GRAPH.round_from("c") == (["c", "d", "a"], ["3", "5", "2"])
    assert GRAPH.round_from("a") == (["a", "b", "d"], ["1", "4", "5"])
    assert GRAPH.round_from("f") == (["f"], ["6"])
    assert GRAPH.round_from("e") is None
