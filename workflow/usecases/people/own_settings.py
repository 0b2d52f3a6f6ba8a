"""What somebody at the council says about themselves and chooses for themselves: telephone, keys, columns."""

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from workflow.errors import BadInput, Problem
from workflow.store.tables.user import User

TELEPHONE_LIMIT = 40
_NUMBER = re.compile(r"\+?[0-9(][0-9 ()-]{4,}(?: ?(?:ext\.?|x) ?[0-9]{1,6})?", re.ASCII | re.IGNORECASE)
_ENOUGH_FIGURES = 6


def change(session: Session, user_id: int, *, telephone: str, shortcuts: str, mentions: str) -> None:
    """`shortcuts` and `mentions` are “on” or “off”; no telephone is none to be told. Raises BadInput."""
    problems = []
    number = " ".join(telephone.split())
    if number and not _is_number(number):
        problems.append(Problem("telephone", "Enter a telephone number, such as 01872 300 123 or +44 1872 300 123"))
    if shortcuts not in ("on", "off"):
        problems.append(Problem("shortcuts", "Say whether single keys may do something"))
    if mentions not in ("on", "off"):
        problems.append(Problem("mentions", "Say whether you want an email when a note mentions you"))
    if problems:
        raise BadInput("Nothing is changed yet.", tuple(problems))
    user = session.get_one(User, user_id, with_for_update=True)
    user.telephone, user.shortcuts, user.mention_emails = number, shortcuts == "on", mentions == "on"


def choose_columns(session: Session, user_id: int, names: Sequence[str]) -> None:
    """Their lists have these from now on; none are the usual ones."""
    session.get_one(User, user_id, with_for_update=True).list_columns = ",".join(names)


def _is_number(text: str) -> bool:
    figures = sum(one.isdigit() for one in text)
    return len(text) <= TELEPHONE_LIMIT and bool(_NUMBER.fullmatch(text)) and figures >= _ENOUGH_FIGURES
