"""A person's name and address as a cell says them. Pure. Each reader raises ValueError with a sentence.

A list says some things plainly though not as they are kept: “Pascoe, Ada” of a name, “Ada Pascoe <ada@example.org>” of
an address. Those are read and noted; what could mean something else is refused, with what would be right.
"""

from workflow.domain.email_address import email_address, name_beside
from workflow.domain.person_name import person_name
from workflow.imports.cells import Noted, shown

#: What stands behind a comma and is no first name.
_ROLES = frozenset(("assistant", "coach", "coordinator", "deputy", "governor", "head", "headteacher", "lead", "leader"))
_MORE_ROLES = frozenset(("mentor", "principal", "senco", "sendco", "teacher", "trainee", "tutor"))
#: Words that begin a surname of several.
_PARTICLES = frozenset(
    ("ap", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "le", "mac", "mc")
)
_MORE_PARTICLES = frozenset(("mc", "ní", "nic", "o", "ó", "st", "te", "ten", "van", "von"))


def name(text: str, what: str) -> str | Noted[str]:
    """The name as a certificate prints it; “Surname, First” is turned round."""
    try:
        return person_name(text, what)
    except ValueError:
        turned = _turned(text)
        if not turned:
            raise
    kept = person_name(turned, what)
    return Noted(kept, f"{shown(text)} was read as “{kept}”.")


def address(text: str) -> str | Noted[str]:
    """The address alone."""
    kept = email_address(text)
    return kept if text.lower() == kept else Noted(kept, f"{shown(text)} was read as {kept}.")


def name_and_address(name_cell: str, address_cell: str) -> tuple[str, str]:
    """Both, where one cell holds both and the other nothing, or the same. Raises ValueError where they differ."""
    if "@" in name_cell and (beside := name_beside(name_cell)):
        inside = email_address(name_cell)
        if address_cell and email_address(address_cell) != inside:
            raise ValueError(
                f"{shown(name_cell)} has “@” in it, and another address than its row. Write the name alone."
            )
        return beside, inside
    return name_cell or name_beside(address_cell), address_cell


def _turned(text: str) -> str:
    """`Pascoe, Ada` as `Ada Pascoe`; nothing where what stands behind the comma may be something else."""
    surname, first, *behind = [" ".join(part.split()) for part in text.split(",")] if "," in text else ("", "")
    words = surname.split()
    is_surname = len(words) == 1 or (bool(words) and words[0].casefold() in _PARTICLES | _MORE_PARTICLES)
    if not is_surname or not first or (_ROLES | _MORE_ROLES) & set(first.casefold().split()):
        return ""
    return ", ".join([f"{first} {surname}", *behind])
