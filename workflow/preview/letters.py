"""The letters of an offer as each of their readers gets them, written by what writes them in earnest.

The offer may be one that is still being written: nothing here asks where it came from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.domain.effects import FORMER, Recipient
from workflow.domain.look import USUAL, Look
from workflow.engine.recipients import audience_of
from workflow.english import in_words
from workflow.errors import WorkflowError
from workflow.mail import letters
from workflow.mail.letters import Letter
from workflow.offer.emails.email_template import EmailTemplate
from workflow.preview.made_up import MadeUp, MadeUpLinks
from workflow.preview.occasions import OWING, Occasion, occasions
from workflow.preview.rows import owed_for, rows_of

_GATHERED = "when several reminders to one person are due"
_LINKS = MadeUpLinks()
_WAITING = "a reader"
_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class PreviewedLetter:
    """What one kind of reader gets, or in `trouble` why nothing can be written."""

    reader: str
    letter: Letter | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class PreviewedEmail:
    """`sent` are the occasions in words, none for an email that nothing sends."""

    email: EmailTemplate
    sent: tuple[str, ...]
    letters: tuple[PreviewedLetter, ...]

    @property
    def name(self) -> str:
        return self.email.name


def preview_emails(about: MadeUp, look: Look = USUAL, only: str | None = None) -> tuple[PreviewedEmail, ...]:
    """Every email of the offer, or `only` one of them, in the order in which the page first sends them."""
    offer, known = about.offer, [*occasions(about)]
    sent: dict[str, list[Occasion]] = {one.email: [] for one in known}
    for one in known:
        sent[one.email].append(one)
    names = [*sent, *(name for name in offer.emails if name not in sent)]
    return tuple(_previewed(about, name, sent.get(name, []), known, look) for name in names if only in (None, name))


def _previewed(
    about: MadeUp, name: str, own: Sequence[Occasion], known: Sequence[Occasion], look: Look
) -> PreviewedEmail:
    email = about.offer.emails[name]
    words = [*dict.fromkeys(one.words for one in own)]
    written: dict[str, PreviewedLetter] = {}
    for occasion in own:
        for reader in _readers(about, occasion, email):
            one = _letter(about, (occasion,), reader, look)
            if one.trouble or one.reader not in written:
                written[one.reader] = one
    if name == about.offer.policy.digest:
        words.append(_GATHERED)
        written |= {one.reader: one for one in _gathered(about, known, look)}
    return PreviewedEmail(email, tuple(words), tuple(written.values()))


def _readers(about: MadeUp, occasion: Occasion, email: EmailTemplate) -> Iterator[Recipient]:
    """One of each kind that is written to."""
    if occasion.to is not None:
        yield occasion.to
        return
    case = about.case(occasion.stage, str(occasion.data.get("kind", "")))
    audiences = (occasion.audience,) if occasion.audience else email.to
    everybody = (one for each in audiences for one in audience_of(case, about.offer, each, occasion.step))
    seen = dict[str, Recipient]()
    for one in everybody:
        seen.setdefault(one.audience, one)
    yield from seen.values()


def _letter(about: MadeUp, together: Sequence[Occasion], reader: Recipient, look: Look) -> PreviewedLetter:
    """Of the first occasion, with those that go out in the same letter."""
    who = _ADDRESSED.get(reader.audience, f"the {in_words(reader.audience)}")
    waits = _WAITING if len(together) > 1 else ""
    owed = [owed_for(one, reader.token, about, seq, waits) for seq, one in enumerate(together, OWING)]
    rows = rows_of(about, together, {waits: owed[1:]} if waits else {})
    try:
        letter = letters.write(rows, owed[0], _LINKS, look)
    except KeyError as missing:
        return PreviewedLetter(who, None, f"There is no value for {{{{ {missing.args[0]} }}}} {together[0].words}.")
    except WorkflowError as error:
        return PreviewedLetter(who, None, str(error))
    return PreviewedLetter(who, letter)


_ADDRESSED = {
    "participants": "somebody who takes part",
    "participant": "the person whom it is about",
    "completed": "somebody who has completed",
    "attended": "somebody who was there",
    FORMER: "whoever reads the old address",
}


def _gathered(about: MadeUp, known: Sequence[Occasion], look: Look) -> Iterator[PreviewedLetter]:
    """The email that several reminders become, for each kind of reader who may get two of them."""
    waiting: dict[Recipient, dict[str, Occasion]] = {}
    for occasion in known:
        email = about.offer.emails[occasion.email]
        for reader in _readers(about, occasion, email) if email.reminder else ():
            waiting.setdefault(reader, {}).setdefault(email.name, occasion)
    for reader, those in waiting.items():
        together = [*those.values()][:_TOGETHER]
        if len(together) == _TOGETHER:
            yield _letter(about, together, reader, look)
