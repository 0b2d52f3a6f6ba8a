"""Headings and tables as Markdown. Pure."""

from collections.abc import Iterable, Sequence


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def section(level: int, title: str, *parts: str) -> str:
    """A heading with what stands below it; without any there is no section."""
    said = [part for part in parts if part]
    return "\n\n".join([f"{'#' * level} {title}", *said])


def words(meanings: Iterable[tuple[str, str]], titles: tuple[str, str] = ("word", "meaning")) -> str:
    return table(titles, ((f"`{word}`", meaning) for word, meaning in meanings))
