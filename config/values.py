"""Settings as they are written in the environment: read one by one, and written for programs started from here."""

from collections.abc import Callable
from typing import Any

from workflow.domain.actor import ACCOUNT_ROLES

LARGEST_BATCH = 500
_EVERYBODY, _NOBODY = "all", "none"


def duration(unit: str) -> Callable[[str], float]:
    """Reads a number of these."""

    def read(text: str) -> float:
        sentence = f"is “{text}”; it must be a number of {unit} above nought."
        try:
            number = float(text)
        except ValueError:
            raise ValueError(sentence) from None
        if not 0 < number < float("inf"):
            raise ValueError(sentence)
        return number

    return read


def batch(text: str) -> int:
    sentence = f"is “{text}”; it must be a whole number from 1 to {LARGEST_BATCH}."
    try:
        number = int(text)
    except ValueError:
        raise ValueError(sentence) from None
    if not 1 <= number <= LARGEST_BATCH:
        raise ValueError(sentence)
    return number


def hash_cost(text: str) -> str:
    if text not in ("usual", "least"):
        raise ValueError(f"is “{text}”; it must be “usual”, or left out.")
    return text


def roles(text: str) -> tuple[str, ...]:
    """`all`, `none`, or some of them with commas between."""
    words = [one.strip() for one in text.split(",")]
    if words == [_EVERYBODY]:
        return ACCOUNT_ROLES
    if words == [_NOBODY]:
        return ()
    if wrong := [one for one in words if one not in ACCOUNT_ROLES]:
        known = ", ".join(ACCOUNT_ROLES)
        raise ValueError(f"names “{wrong[0]}”; it must be “all”, “none”, or some of {known}, with commas between.")
    return tuple(one for one in ACCOUNT_ROLES if one in words)


def group_roles(text: str) -> tuple[tuple[str, str], ...]:
    """`group=role` with commas between. A group's name may hold “=”, so the last one counts."""
    pairs: list[tuple[str, str]] = []
    if text == _NOBODY:
        return ()
    for part in filter(None, (one.strip() for one in text.split(","))):
        group, _, role = part.rpartition("=")
        if not group or role not in ACCOUNT_ROLES:
            known = ", ".join(ACCOUNT_ROLES)
            raise ValueError(f"has “{part}”; write “group=role” with commas between, the role one of {known}.")
        pairs.append((group.strip(), role))
    return tuple(pairs)


def sender(text: str) -> str:
    """Every letter names it, so one that is none would cost them all."""
    from workflow.domain.email_address import email_address  # noqa: PLC0415 (few set it, and help would wait for it)

    try:
        return email_address(text)
    except ValueError as error:
        raise ValueError(f"is “{text}”. {error}") from None


def written(value: Any) -> str:
    match value:
        case ((str(), str()), *_):
            return ",".join("=".join(pair) for pair in value)
        case tuple():
            return ",".join(value) or _NOBODY
        case _:
            return str(value)
