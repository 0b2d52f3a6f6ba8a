"""Small pieces of British English that sentences are built from."""

from datetime import date


def count_of(number: int, noun: str) -> str:
    """`1 member`, `3 members`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def day_in_words(day: date) -> str:
    """`Tuesday 4 November 2025`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def listed(items: list[str], joiner: str = "and") -> str:
    """`a, b and c`."""
    return f" {joiner} ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""
