"""One letter about getting in, for its reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from workflow.calendar.local_time import moment_told
from workflow.domain.actor import ROLE_TITLES
from workflow.english import count_of
from workflow.mail.access.words import LETTERS
from workflow.mail.letters import Letter
from workflow.mail.signed_links import Links
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.user import User

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Service:
    """Who writes: the council's name, where its pages are, and the address that replies go to."""

    provider: str
    links: Links
    reply_to: str


def write(
    letter: AccessLetter, user: User | None, secret: str, service: Service, told: Mapping[str, str] = _NOTHING
) -> Letter:
    """`secret` is that of its link, and `told` what a letter that is not to somebody with an account is about."""
    values = {
        "name": letter.to_name,
        "role": ROLE_TITLES[user.role] if user else "",
        "provider": service.provider,
        "link": service.links.new_password(secret) if user else service.links.contact(secret),
        "help_link": f"{service.links.base_url}/sign-in/forgotten",
        "valid": _span(timedelta(seconds=letter.valid_seconds)),
        "when": moment_told(letter.asked_at),
        "help_address": service.reply_to,
        **told,
    }
    return Letter(
        to_name=letter.to_name,
        to_email=letter.to_email,
        reply_to=service.reply_to,
        sender_name=service.provider,
        rendered=LETTERS[letter.purpose].render(values),
    )


def _span(span: timedelta) -> str:
    return count_of(span.days, "day") if span.days else count_of(span.seconds // 60, "minute")
