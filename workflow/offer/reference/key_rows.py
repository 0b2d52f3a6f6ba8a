"""The keys of a table in words, from its JSON Schema: how each is written, whether it must be there, what it means."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from workflow.english import listed
from workflow.offer.words import vocabulary

Shape = Mapping[str, Any]
_SAID_ELSEWHERE = {"Span": "a span", "Guard": "a guard", "Effect": "an effect"}
_PATTERNS = {"[a-z][a-z0-9_-]{0,60}": "a name", "[0-9]+(": "an amount"}
_PLAIN = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "`true` or `false`"}
_FORMATS = {"date": "a day", "time": "a time of day"}
#: Words that are told of in a chapter of their own.
_CHAPTERS = {
    frozenset(vocabulary.AUDIENCES): "an audience",
    frozenset(vocabulary.ROLES): "a role",
    frozenset(vocabulary.STANDINGS): "a standing",
}


class KeyRow(NamedTuple):
    key: str
    written: str
    needed: str
    meaning: str


def key_rows(table: Shape) -> Iterator[KeyRow]:
    """Keys that no sentence tells of are not written by people."""
    for key, shape in table["properties"].items():
        if "description" in shape:
            yield KeyRow(f"`{key}`", written(shape), _needed(key, shape, table), shape["description"])


def tables_in(shape: Shape) -> Iterator[str]:
    """The names of the tables that may stand in this place."""
    if name := table_named(shape):
        yield name
    for inner in (shape.get("items"), *shape.get("anyOf", ())):
        if inner:
            yield from tables_in(inner)


def table_named(shape: Shape) -> str:
    name: str = shape.get("$ref", "").rpartition("/")[2]
    return "" if name in _SAID_ELSEWHERE else name


def written(shape: Shape) -> str:
    """How a value is written."""
    match shape:
        case {"$ref": reference}:
            return _SAID_ELSEWHERE.get(reference.rpartition("/")[2], "a table")
        case {"enum": [*words]}:
            return _CHAPTERS.get(frozenset(words)) or listed([f"`{word}`" for word in words], "or")
        case {"const": word}:
            return f"`{word}`"
        case {"anyOf": [*ways]}:
            return listed(list(dict.fromkeys(written(one) for one in ways)), "or")
        case {"type": "array"}:
            return _as_list(shape)
    return "a table of names with their values" if shape.get("type") == "object" else _plainly(shape)


def _as_list(shape: Shape) -> str:
    if items := shape.get("prefixItems"):
        return f"a list of {len(items)}: {listed([written(one) for one in items])}"
    return f"a list of {_several(written(shape['items']))}"


def _several(one: str) -> str:
    noun = one.removeprefix("an ").removeprefix("a ")
    return one if noun == one else f"{noun}s"


def _plainly(shape: Shape) -> str:
    pattern = next((words for known, words in _PATTERNS.items() if known in shape.get("pattern", "")), None)
    plain = pattern or _FORMATS.get(shape.get("format", "")) or _PLAIN.get(shape.get("type", ""), "text")
    least, most = shape.get("minimum"), shape.get("maximum")
    if least is not None and most is not None:
        return f"{plain} from {least} to {most}"
    return plain if least is None else f"{plain} from {least:g}"


def _needed(key: str, shape: Shape, table: Shape) -> str:
    """Whether it must be there, and else what counts in its place, if anything does."""
    if key in table.get("required", ()):
        return "yes"
    default = shape.get("default")
    if default in (None, [], {}, ""):
        return "no"
    if isinstance(default, list):
        return f"no, else {listed([f'`{one}`' for one in default])}"
    return f"no, else `{str(default).lower() if isinstance(default, bool) else default}`"
