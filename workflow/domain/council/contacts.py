"""Where people turn to: what the pages for everybody tell of the council beside its name. Pure.

Each has something that will do until the council says its own.
"""

from dataclasses import dataclass
from datetime import date

from workflow.sanitise import line

#: When the accessibility statement was prepared.
PREPARED = date(2026, 11, 27)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Contacts:
    """As it is set. Whatever is empty is told as `help_email`, or left out where nothing would do: an address for
    letters, a telephone. `sender` is where the service's own emails come from."""

    sender: str = ""
    own_email: str = ""
    telephone: str = ""
    address: str = ""
    own_data_protection: str = ""
    own_security: str = ""
    reviewed: date = PREPARED

    @property
    def email(self) -> str:
        return self.own_email or self.sender

    @property
    def data_protection(self) -> str:
        return self.own_data_protection or self.email

    @property
    def security(self) -> str:
        return self.own_security or self.email

    @property
    def usual(self) -> tuple[str, ...]:
        """What is still as it came, by the names of the settings."""
        said = {
            "help_email": self.own_email,
            "help_telephone": self.telephone,
            "council_address": self.address,
            "data_protection_email": self.own_data_protection,
            "security_email": self.own_security,
            "accessibility_reviewed": self.reviewed != PREPARED,
        }
        return tuple(name for name, own in said.items() if not own)


def words(text: str) -> str:
    """An address or a telephone number as it is told, or none. Raises ValueError with a sentence."""
    try:
        return line(text, "It", _LONGEST) if text.strip() else ""
    except ValueError as error:
        raise ValueError(f"cannot be used. {error}") from None


def email(text: str) -> str:
    """An address, or none. Raises ValueError with a sentence."""
    from workflow.domain.email_address import email_address  # noqa: PLC0415 (few set it, and help would wait for it)

    if not text.strip():
        return ""
    try:
        return email_address(text)
    except ValueError as error:
        raise ValueError(f"is “{text}”. {error}") from None


def day(text: str) -> date:
    """Raises ValueError with a sentence."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"is “{text}”; write the day of the last review like {PREPARED.isoformat()}.") from None
