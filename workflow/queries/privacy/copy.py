"""The copy that somebody gets of what is kept about them: as JSON for programs, and as a text for people. Pure."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from workflow.queries.privacy.own_data import OwnData


def as_json(data: OwnData) -> str:
    """The files are in it, too."""
    whole = {
        "names": data.names,
        "addresses": data.addresses,
        "made_at": data.made_at,
        "kept": [
            {
                "what": one.title,
                "why": one.why,
                "how_long": one.keep,
                "entries": [{"entry": line.about, "own": line.own, **line.values} for line in one.lines],
            }
            for one in data.sections
        ],
        "files": {name: b64encode(content).decode() for name, content in data.files.items()},
    }
    return json.dumps(whole, default=_written, ensure_ascii=False, indent=2) + "\n"


def _written(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def as_text(data: OwnData) -> str:
    """For people to read."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: OwnData) -> Iterator[str]:
    yield f"Everything that is kept about {', '.join(data.names) or ', '.join(data.addresses)}"
    yield f"As of {data.made_at.isoformat(timespec='minutes')}. Addresses: {', '.join(data.addresses)}."
    for one in data.sections:
        yield f"\n{one.title}\n{'=' * len(one.title)}"
        yield f"Why: {one.why}. How long: {one.keep}."
        if not one.lines:
            yield "Nothing."
        for line in one.lines:
            yield f"\n- {_words(line.about)}{'' if line.own else ' (written by somebody else)'}"
            for name, value in line.values.items():
                yield f"  {_words(name)}: {_indented(value)}"


def _words(name: str) -> str:
    return name.replace("_", " ").replace(":", " ").capitalize()


def _indented(value: object) -> str:
    if isinstance(value, dict | list):
        value = json.dumps(value, default=_written, ensure_ascii=False)
    return str(value).replace("\n", "\n    ")
