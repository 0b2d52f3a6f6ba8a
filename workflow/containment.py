"""One fault stays one fault: whatever goes wrong in one thing of many is told, and the others go on.

The only place where every error is caught. It is for the edge of one letter, one case or one offer in a row of them,
where nobody can foresee what is wrong with it; what is foreseen is caught by name, where it happens.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError

_log = logging.getLogger(__name__)


@contextmanager
def contained(what: str, told: Callable[[str], object]) -> Iterator[None]:
    """`told` gets a sentence about what went wrong with `what`; the log has all of it.

    A database that is gone or too busy is nobody's fault and is raised: it would say the same of all the others.
    """
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 (this is what the module is for)
        _log.exception("Something went wrong with %s", what)
        told(sentence_of(error))


def sentence_of(error: BaseException) -> str:
    """For people who cannot read the log. Of a database's error only what it says, and not what it was asked."""
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    words = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"Something went wrong that nobody foresaw ({words[:200]}). The log has all of it."
