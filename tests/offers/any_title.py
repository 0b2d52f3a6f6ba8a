"""Titles of which nobody thought, and how a sentence is found in which such a title does not read like English."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

#: Of more than one, with an article, a verb, in capitals; each without the other words of its kind.
NASTY = ("Trainings", "An appointment", "Share what you learnt", "QA visits", "The heads’ evenings", "A thing of ours")
_TITLED = ("[[stage]]", "[[appointment]]", "[[phase]]")
#: A verb or a pronoun that holds its noun to be one, or to be many.
_ONE_OR_MANY = "is|are|has|have|was|were|does|do|belongs?|begins?|stands?|it|they|them"
_ARTICLES = ("A", "An", "The")
#: What may stand before a capital article: a sentence begins there, or a name is given as a name.
_BEFORE_A_NAME = re.compile(r"(?:^|[.:?!,;“(>|→]\s?|\bnow |\d )$")
#: The verb is then of the noun before: “The register of Trainings has …”.
_BELONGS = re.compile(r"\b(?:of|for|at|after|on) $")
_OWN_ARTICLE = re.compile(r"(?:^|\s)(?:this|these|the|an?|your|our|their) $", re.IGNORECASE)


def retitle(folder: Path) -> list[str]:
    """Gives every stage, meeting and phase of a folder such a title. Returns the titles."""
    page, given, table = folder / "offer.toml", list[str](), ""
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        table = line.strip() if line.startswith("[") else table
        if table in _TITLED and line.startswith("title = "):
            place = len(given)
            given.append(f"{NASTY[place % len(NASTY)]}{' anew' * (place // len(NASTY))}")
            lines[number] = f'title = "{given[-1]}"\n'
    page.write_text("".join(lines), encoding="utf-8")
    return given


def lines_of(markup: str) -> Iterator[str]:
    """What stands on a page, by its sentences: what only sets words apart from each other ends one."""
    main = markup.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<(script|style|svg)\b.*?</\1>", "\n", main, flags=re.DOTALL)
    main = re.sub(r'<span class="app-table__label"[^>]*>.*?</span>', "\n", main)
    inline = re.sub(r"</?(?:a|b|em|span|strong|time)\b[^>]*>", "", main)
    for one in re.split(r"<[^>]+>", inline):
        if words := " ".join(one.split()):
            yield words


def odd(lines: Iterable[str], titles: Iterable[str]) -> list[str]:
    """Those that are English with some titles and not with these."""
    known = sorted(titles, key=len, reverse=True)
    named = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?! anew)(?!\w)" for one in known), re.IGNORECASE)
    return [line for line in lines if any(_is_odd(line, found) for found in named.finditer(line))]


def _is_odd(line: str, found: re.Match[str]) -> bool:
    before, title, after = line[: found.start()], found[0], line[found.end() :]
    counted = re.match(rf" (?:{_ONE_OR_MANY})\b", after) and not _BELONGS.search(before)
    if counted or _OWN_ARTICLE.search(before):
        return True
    return title.partition(" ")[0] in _ARTICLES and not _BEFORE_A_NAME.search(before)
