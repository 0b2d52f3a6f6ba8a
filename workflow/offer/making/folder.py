"""A new offer's folder, from its answers: written whole, proved sound, and only then put where it belongs."""

import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workflow.errors import BadInput, CheckFailed, Conflict
from workflow.offer.check.on_disk import prove
from workflow.offer.making.answers import Answers

_PAGE, _CALENDAR, _EMAILS = "offer.toml", "calendar.toml", "emails"
#: The parts of a page in which an email may be named.
_NAMING = ("policy", "transition", "move", "timer", "certificate")


def agree_free(folder: Path) -> None:
    """Raises Conflict where there is something already."""
    if folder.is_symlink() or folder.exists():
        raise Conflict(f"{folder} is there already, and nothing in it was changed. Name a folder that is not.")


def make(answers: Answers, templates: Path, folder: Path) -> None:
    """Raises Conflict where there is something already, and BadInput where nothing can be written."""
    try:
        agree_free(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".new-offer-", dir=folder.parent) as place:
            begun = Path(place) / folder.name
            _write(answers, templates, begun)
            _agree_sound(begun)
            begun.rename(folder)
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}.") from None


def _agree_sound(folder: Path) -> None:
    """Raises CheckFailed: whoever is given a folder to begin with does not begin with our mistakes."""
    problems = prove(folder)
    if problems:
        raise CheckFailed(f"These answers make no sound offer: {problems[0]} Please tell whoever looks after this.")


def _write(answers: Answers, templates: Path, folder: Path) -> None:
    (folder / _EMAILS).mkdir(parents=True)
    words = _words(templates)
    page = words.get_template(_PAGE).render(answers=answers)
    (folder / _PAGE).write_text(page, encoding="utf-8")
    shutil.copyfile(templates / _CALENDAR, folder / _CALENDAR)
    table = tomllib.loads(page)
    for file in _emails_in(table, templates):
        (folder / file).write_text(words.get_template(file).render(answers=answers), encoding="utf-8")
    if "certificate" in table:
        template = table["certificate"]["template"]
        shutil.copyfile(templates / template, folder / template)


def _emails_in(page: dict[str, Any], templates: Path) -> list[str]:
    """The files of those that the page names, and of no others."""
    named = {*_strings(page["offer"]["effects"]), *_strings([page.get(one) for one in _NAMING])}
    return [f"{_EMAILS}/{one.name}" for one in sorted((templates / _EMAILS).glob("*.md")) if one.stem in named]


def _strings(value: object) -> Iterator[str]:
    """Every string in a value, however deep."""
    match value:
        case str():
            yield value
        case list():
            yield from (text for one in value for text in _strings(one))
        case dict():
            yield from _strings([*value.values()])


def _words(templates: Path) -> Environment:
    """Other brackets than those of an offer's emails, whose placeholders stay as they are."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        extensions=["jinja2.ext.do"],
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (TOML and Markdown, and no HTML; words go in through `toml`)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    environment.filters["toml"] = _as_toml
    return environment


def _as_toml(value: object) -> str:
    """A string, or a list of strings, as TOML writes it: as JSON does."""
    return json.dumps(value, ensure_ascii=False)
