"""The tables of a file one after another, each with its keys."""

from collections.abc import Iterator
from typing import Any

from workflow.offer.reference.key_rows import Shape, key_rows, tables_in
from workflow.offer.reference.markdown import section, table

TITLES = ("key", "what stands there", "needed", "meaning")


def sections(schema: dict[str, Any]) -> Iterator[str]:
    """Each kind of table once, under the first place where it stands."""
    told: dict[str, str] = {}
    yield table(("table", "needed", "meaning"), ((one.key, one.needed, one.meaning) for one in key_rows(schema)))
    yield from _below(schema, schema["$defs"], "", told)


def _below(here: Shape, tables: dict[str, Any], path: str, told: dict[str, str]) -> Iterator[str]:
    for key, shape in here["properties"].items():
        place = f"{path}.{key}" if path else key
        for name in dict.fromkeys(tables_in(shape)):
            heading = f"`[[{place}]]`" if _is_repeated(shape) else f"`[{place}]`"
            if name in told:
                yield section(4 if path else 3, heading, f"{shape['description']} The keys are those of {told[name]}.")
                continue
            told[name] = heading
            yield section(4 if path else 3, heading, *_said(shape, tables[name]))
            yield from _below(tables[name], tables, place, told)


def _is_repeated(shape: Shape) -> bool:
    return shape.get("type") == "array" or any(_is_repeated(one) for one in shape.get("anyOf", ()))


def _said(shape: Shape, found: Shape) -> Iterator[str]:
    yield found.get("description", shape.get("description", ""))
    yield table(TITLES, key_rows(found))
