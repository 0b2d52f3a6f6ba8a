"""A walk as far as it has come: the steps are all there is to keep of it, and they are taken anew each time.

So nothing is remembered between two looks, one step is taken back by leaving it out, and a walk can be handed to a
colleague as an address.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from workflow.acts.ahead.foreseen import Message, owed
from workflow.domain.actor import SYSTEM
from workflow.domain.effects import Recipient
from workflow.domain.facts import PromiseFact
from workflow.engine import available_to
from workflow.english import in_words
from workflow.errors import Refused, WorkflowError
from workflow.forecasting.upcoming_timers import UpcomingTimer, flight_plan
from workflow.mail import letter_rows, letters
from workflow.offer.definition import Stage
from workflow.offer.event_titles import title_of
from workflow.preview.made_up import MadeUp, MadeUpLinks
from workflow.preview.walk.buttons import WAIT, WAIT_FOR_MEETING, Button, buttons, here, who_in_words
from workflow.preview.walk.sandbox import Sandbox, sandbox
from workflow.store.cases import Case
from workflow.store.tables.owed_effect import OwedEffect

#: Longer walks are begun again.
MOST = 80
_LINKS = MadeUpLinks()
_TIME = "Time"


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: who did what, when it was over, what happened, and which emails went to whom."""

    who: str
    words: str
    at: datetime
    happened: tuple[str, ...]
    sent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that can be pressed; `sends` says what would go to whom."""

    code: str
    who: str
    words: str
    sends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """What cannot be done, by whom, and why not. What the journey does by itself is the system's."""

    words: str
    who: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """`codes` are the steps that could be taken, `trouble` why the next one could not. `letters` are those of the last
    step, in full."""

    codes: tuple[str, ...]
    taken: tuple[Taken, ...]
    letters: tuple[Message, ...]
    now: datetime
    stage: Stage
    standing: str
    round: int
    promise: PromiseFact | None
    choices: tuple[Choice, ...]
    closed: tuple[Closed, ...]
    ahead: tuple[UpcomingTimer, ...]
    trouble: str = ""


def walk(about: MadeUp, codes: Sequence[str]) -> Walk:
    """Takes the steps one after another, as far as they can be taken."""
    with sandbox(about) as box:
        steps = Steps(box)
        for code in codes[:MOST]:
            if not steps.take(code):
                break
        return steps.view()


class Steps:
    """Those taken so far in one sandbox, and the letters of the last of them."""

    def __init__(self, box: Sandbox) -> None:
        self.box, self.codes, self.taken, self.trouble = box, list[str](), list[Taken](), ""
        self.letters: Sequence[OwedEffect] = ()
        self._note("The school", "Buys it", 0)

    def take(self, code: str) -> bool:
        """False where it cannot be taken here."""
        with self.box.store.reading() as session:
            case = self.box.case(session)
            step = self._step(session, case, code)
        if step is None:
            self.trouble = "The next step cannot be taken here any more. The walk ends before it."
            return False
        who, words, do = step
        try:
            do()
        except WorkflowError as refused:
            self.trouble = str(refused)
            return False
        self.codes.append(code)
        self._note(who, words, case.version)
        return True

    def _step(self, session: Session, case: Case, code: str) -> tuple[str, str, Callable[[], None]] | None:
        if code == WAIT:
            return _TIME, "Passes", self.box.wait
        if code == WAIT_FOR_MEETING:
            return _TIME, "Passes until the meeting is over", self.box.wait_for_meeting
        found = next((one for one in buttons(self.box, session, case) if one.code == code), None)
        return None if found is None else (who_in_words(found.who), found.words, partial(self.box.act, found.do))

    def _note(self, who: str, words: str, version: int) -> None:
        self.letters = self.box.new_letters()
        with self.box.store.reading() as session:
            offer, events = self.box.offer, self.box.events_since(session, version)
            happened = tuple(dict.fromkeys(title_of(offer, one.name, one.data) for one in events))
        self.taken.append(Taken(who, words, self.box.now, happened, _told(self.letters)))

    def view(self) -> Walk:
        """Where they have led. Changes nothing."""
        box = self.box
        with box.store.reading() as session:
            case = box.case(session)
            there, waiting = [*buttons(box, session, case)], [*_waiting(session, box, case)]
            ahead = tuple(flight_plan(session, case, box.offer, box.now))
            messages = tuple(_messages(session, self.letters, box.now))
        tried = [_tried(box, one) for one in there]
        return Walk(
            tuple(self.codes),
            tuple(self.taken),
            messages,
            box.now,
            box.offer.stage[case.stage],
            case.standing,
            case.round,
            case.promise,
            (*(one for one in tried if isinstance(one, Choice)), *_of_time(box, case)),
            _together([*waiting, *(one for one in tried if isinstance(one, Closed))]),
            ahead,
            self.trouble,
        )


def _told(effects: Iterable[OwedEffect]) -> tuple[str, ...]:
    """`“welcome” to the school lead`, each once however many get it."""
    readers = ((one.name.replace("-", " "), Recipient.parse(one.recipient).audience) for one in effects)
    said = (f"“{name}” to {_READERS.get(audience, f'the {in_words(audience)}')}" for name, audience in readers)
    return tuple(dict.fromkeys(said))


_READERS = {"participants": "the staff", "participant": "the person", "completed": "the staff", "attended": "the staff"}


def _tried(box: Sandbox, one: Button) -> Choice | Closed:
    """Tried out, so that what is said of it is what would happen."""
    try:
        with box.tried(one.do) as session:
            sends = _told([effect for effect in owed(session) if effect.kind == "email"])
    except Refused as refused:
        return Closed(one.words, (one.who,), tuple(reason.sentence for reason in refused.reasons))
    except WorkflowError as error:
        return Closed(one.words, (one.who,), (str(error),))
    return Choice(one.code, one.who, one.words, sends)


def _together(closed: Iterable[Closed]) -> tuple[Closed, ...]:
    """What several people are refused for the same reasons stands once."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in closed:
        found.setdefault((one.words, one.refusals), []).extend(one.who)
    return tuple(Closed(words, tuple(who), refusals) for (words, refusals), who in found.items())


def _of_time(box: Sandbox, case: Case) -> Iterator[Choice]:
    if box.next_moment() is None:
        return
    yield Choice(WAIT, "time", "Let time pass until something happens")
    if any(one.status == "booked" and one.starts_at > box.now for one in case.facts.appointments):
        yield Choice(WAIT_FOR_MEETING, "time", "Let time pass until the meeting is over")


def _waiting(session: Session, box: Sandbox, case: Case) -> Iterator[Closed]:
    own = {one.trigger for one in here(box, case) if one.automatic}
    for one in available_to(session, case, SYSTEM):
        if one.trigger in own:
            yield Closed(one.transition.title, (SYSTEM.role,), tuple(each.sentence for each in one.refusals))


def _messages(session: Session, emails: Sequence[OwedEffect], now: datetime) -> Iterator[Message]:
    if not emails:
        return
    rows = letter_rows.read(session, [one.id for one in emails], now)
    for one in emails:
        try:
            letter = letters.write(rows, one, _LINKS)
        except KeyError as missing:
            yield Message(one.name, trouble=f"There is no value for {{{{ {missing.args[0]} }}}}.")
        else:
            text = letter.rendered.text.strip()
            yield Message(one.name, letter.to_name, letter.to_email, letter.rendered.subject, text)
