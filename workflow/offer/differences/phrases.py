"""The words for what changes at each key of a page. A key that is not here is told by its own name. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from workflow.english import in_words

#: By key, what is told of the thing that has it: `now` and `was` are values in words.
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "by": "{what} may now be said by {now} instead of {was}.",
        "from": "{what} now starts from {now} instead of {was}.",
        "to": "{what} now leads to {now} instead of {was}.",
        "within": "{what} is now due within {now} instead of {was}.",
        "again": "{what} now has {now} when its turn comes again, instead of {was}.",
        "until": "{what} is now kept by {now} instead of {was}.",
        "needs": "{what} now rests on {now} instead of {was}.",
        "unless": "{what} is now excused by {now} instead of {was}.",
        "every": "{what} now comes again every {now} instead of {was}.",
        "trigger": "{what} now fires {now} instead of {was}.",
        "escalate_to": "{what} now goes to {now} instead of {was}.",
        "owner": "{what} is now owed by {now} instead of {was}.",
        "records": "{what} now records {now} instead of {was}.",
        "invite": "{what} now invites {now} instead of {was}.",
        "length": "{what} now lasts {now} instead of {was}.",
        "at": "{what} now hangs on {now} instead of {was}.",
        "ask": "{what} is now asked as {now} instead of {was}.",
        "valid_for": "{what} now holds for {now} instead of {was}.",
    }
)
#: By the kind of table too, where a key has another meaning there.
_SAID_OF: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("Promise", "to"): "{what} is now to {now} instead of {was}.",
        ("EmailTemplate", "to"): "{what} now goes to {now} instead of {was}.",
        ("Timer", "stage"): "{what} now hangs on the stage {now} instead of {was}.",
        ("Timer", "promise"): "{what} now hangs on promises of {now} instead of {was}.",
    }
)
#: What is told of a thing that becomes so, and of one that is so no more.
_YES_OR_NO: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "automatic": ("fires by itself now", "no longer fires by itself"),
        "final": ("now ends the journey", "no longer ends the journey"),
        "refund": ("now quotes a refund", "no longer quotes a refund"),
        "outputs": ("now has what was agreed written down", "no longer has what was agreed written down"),
        "reminder": ("is a reminder now", "is a reminder no more"),
        "urgent": ("is urgent now", "is urgent no more"),
        "provisional": ("is provisional now", "is provisional no more"),
    }
)
#: Names of keys that read badly after “the”, and what is written for them.
_CALLED: Mapping[str, str] = MappingProxyType(
    dict(
        line.strip().split(": ")
        for line in """
        minimum_staff: least number of staff
        places: number of places
        override_by: list of those who may give a reason instead
        undo_by: list of those who may take a step back
        done: line in the history
        school: line for the school
        ask: question
        means: meaning
        standing: change of standing
        timers: treatment of clocks
        people: list of those who start again
        calls_off: reason with which dates are called off
        join: verb that ends what goes on in another engagement
        support_after: number of returns after which the advisor steps in
        support_within: time within which the advisor steps in
        evidence: limit to evidence
        correction: email that takes back a step
        handover: emails of a change of advisor
        message: email in which an advisor writes
        support: email that asks the advisor to step in
        uninvite: email that takes somebody off a meeting
        school_changed: email about a school that has changed
        mentioned: email about a mention
        welcome: email to those who join later
        readdressed: emails about another address
        digest: email that several reminders become
        megabytes: size of a file in megabytes
        valid_for: time for which it holds
        zone: time zone
        due_at: hour at which things fall due
        opens: hour from which reminders go out
        closes: hour until which reminders go out
        meets_from: hour from which meetings are held
        meets_until: hour until which meetings are held
        """.strip().splitlines()
    )
)
_MANY = frozenset(("questions", "effects", "guards", "inputs", "products", "handover", "readdressed"))


def sentence(what: str, owner: str, key: str, *, was: str, now: str) -> str:
    """`owner` is the name of the table's kind. `what` may be empty: then the whole offer has it."""
    if owner.endswith("Columns"):
        return f"In {what}, {in_words(key)} is now read from {now} instead of {was}."
    template = _SAID_OF.get((owner, key)) or (_SAID.get(key) if what else None)
    if template:
        return began(template.format(what=what, was=was, now=now))
    of = f" of {what}" if what else ""
    return f"The {called(key)}{of} {'are' if key in _MANY else 'is'} now {now} instead of {was}."


def entry(what: str, key: str, name: str, *, was: str, now: str) -> str:
    """What is told of one entry of a table of entries, such as a reason."""
    if key == "refund":
        return f"Cancelling at “{name}” now gives back, in per cent of the price, {now} instead of {was}."
    return f"The {key.removesuffix('s')} “{name}” of {what} is now {now} instead of {was}."


def called(key: str) -> str:
    """`number of places` of `places`."""
    return _CALLED.get(key, in_words(key))


def yes_or_no(what: str, key: str, now: object) -> str | None:
    """None for a key that has no words of its own."""
    words = _YES_OR_NO.get(key)
    return began(f"{what} {words[0] if now else words[1]}.") if words and what else None


def began(words: str) -> str:
    """As a sentence begins."""
    return words[:1].upper() + words[1:]
