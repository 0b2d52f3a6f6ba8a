"""Letters that the policy names have readers, and the right ones. Pure."""

from collections.abc import Iterator

from workflow.offer.check.finding import Finding
from workflow.offer.definition import Offer

#: Audiences that exist only where a step is about somebody, or about a meeting.
_OF_A_STEP = ("participant", "invited", "attended")
_AT_COUNCIL = ("advisor", "lead_advisor")


def of_the_policy(offer: Offer) -> Iterator[Finding]:
    policy = offer.policy
    told = [("handover", name) for name in policy.handover]
    told += [
        (key, name) for key, name in (("message", policy.message), ("school_changed", policy.school_changed)) if name
    ]
    for key, name in told:
        email = offer.emails[name]
        absent = [reader for reader in email.to if reader in _OF_A_STEP]
        if absent:
            yield Finding(
                f"The policy {key} sends “{name}” to the {absent[0]}, and there is none then. Choose others.",
                email,
                "to",
            )
        elif key == "message" and not set(email.to) - set(_AT_COUNCIL):
            yield Finding(
                f"“{name}” is what an advisor writes to a school and goes to the {email.to[0]}. "
                "Name somebody of the school in its to.",
                email,
                "to",
            )


def once_each(offer: Offer) -> Iterator[Finding]:
    for email in offer.emails.values():
        twice = [reader for number, reader in enumerate(email.to) if reader in email.to[:number]]
        if twice:
            yield Finding(f"“{email.name}” names the {twice[0]} twice in its to. Name each once.", email, "to")
