"""One letter about getting in, for its reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from workflow.calendar.local_time import moment_told
from workflow.domain.actor import ROLE_TITLES
from workflow.domain.look import Look
from workflow.english import count_of
from workflow.mail.access.words import LETTERS
from workflow.mail.letters import Letter
from workflow.mail.signed_links import Links
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.store.tables.user import User


@dataclass(frozen=True, slots=True)
class Service:
    """Who writes, where their pages are, the address that replies go to, and how letters look."""

    provider: str
    links: Links
    reply_to: str
    look: Look


def write(letter: AccessLetter, user: User, secret: str, service: Service) -> Letter:
    """To somebody with an account. `secret` is that of its link."""
    own = {
        "role": ROLE_TITLES[user.role],
        "email": user.email,
        "link": service.links.new_password(secret),
        "help_link": f"{service.links.base_url}/sign-in/forgotten",
        "privacy_link": f"{service.links.base_url}/admin/privacy",
    }
    return _write(letter, own, service)


def write_to_guest(letter: AccessLetter, where: Mapping[str, str], secret: str, service: Service) -> Letter:
    """To a school or a participant. `where` says the name of the school, the title of the offer, and the address of
    their own page."""
    own = {**where, "link": service.links.come_in(secret), "asked_from": letter.asked_from}
    return _write(letter, own, service)


def write_to_reader(letter: AccessLetter, told: Mapping[str, str], secret: str, service: Service) -> Letter:
    """To somebody who is invited to read about several schools. `told` is what their invitation says."""
    own = {
        **told,
        "invited_by": f"{told['invited_by']} of {service.provider}" if told["invited_by"] else service.provider,
        "link": service.links.read_schools(secret),
        "door": service.links.school_door(),
        "asked_from": letter.asked_from,
    }
    return _write(letter, own, service)


def write_about_proposal(letter: AccessLetter, told: Mapping[str, str], secret: str, service: Service) -> Letter:
    """To whoever is proposed as a contact, or was one until then. `told` is what the proposal says."""
    return _write(letter, {**told, "link": service.links.contact(secret)}, service)


def _write(letter: AccessLetter, own: Mapping[str, str], service: Service) -> Letter:
    values = {
        **own,
        "name": letter.to_name,
        "provider": service.provider,
        "valid": _span(timedelta(seconds=letter.valid_seconds)),
        "when": moment_told(letter.asked_at),
        "help_address": service.reply_to,
    }
    return Letter(
        to_name=letter.to_name,
        to_email=letter.to_email,
        reply_to=service.reply_to,
        sender_name=service.provider,
        rendered=LETTERS[letter.purpose].render(values, look=service.look),
        look=service.look,
    )


def _span(span: timedelta) -> str:
    return count_of(span.days, "day") if span.days else count_of(span.seconds // 60, "minute")
