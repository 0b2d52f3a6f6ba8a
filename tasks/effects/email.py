"""The effect `email`: letters to readers, a batch at a time. What they are made of is read at once."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from tasks import faults
from tasks.desk import Desk
from tasks.effects.letter_in_hand import LetterInHand, finished
from tasks.mail.lanes import Lanes, Sent, lanes_to
from tasks.mail.troubles import BrokenOff, NotNow, SenderRefused, Undeliverable, Unreachable
from tasks.ways_out import MAIL
from tasks.world import World
from workflow.containment import contained, sentence_of
from workflow.errors import WorkflowError
from workflow.mail import letter_rows
from workflow.mail.letter_rows import LetterRows
from workflow.store.outbox.claims import Claimed

_log = logging.getLogger(__name__)
#: After so many letters on end at which the connection broke off, the server is to blame and not they.
_IN_A_ROW = 50
#: So many are enough where not one has had an answer.
_WITHOUT_ONE = 3


@contextmanager
def at_work(world: World, desk: Desk) -> Iterator[Callable[[Sequence[Claimed]], None]]:
    """Gives what delivers a batch. At the end, letters that are still on their way are waited for."""
    post = _Post(world, desk)
    with lanes_to(world.mail_server, post.may_begin) as lanes:
        yield partial(post.deliver, lanes)
        for sent in lanes.rest():
            post.note(sent)
        post.judge_all()


class _Post:
    """The letters of one pass. `_closed` are ways out that were closed in the course of it."""

    def __init__(self, world: World, desk: Desk) -> None:
        self._world, self._desk = world, desk
        self._closed: set[tuple[str, str]] = set()
        self._in_a_row, self._taken, self._last = 0, 0, ""

    def deliver(self, lanes: Lanes[LetterInHand], batch: Sequence[Claimed]) -> None:
        self._closed.clear()  # what was claimed since is for ways that are open, or open again
        rows: LetterRows | None = None
        with contained("what a batch of letters is made of, so each is read by itself", lambda _sentence: None):
            rows = self._read(batch)
        for owed in batch:
            letter = self._write(rows, owed)
            if letter is not None:
                self._send(lanes, letter)
            self._desk.write_if_time()

    def may_begin(self, letter: LetterInHand) -> bool:
        """Asked when its connection is there, which may have taken a while."""
        if self._is_closed(letter):
            self._desk.hand_back([letter.owed])
            return False
        return self._desk.is_ours(letter.owed)

    def _is_closed(self, letter: LetterInHand) -> bool:
        return not self._closed.isdisjoint({MAIL, ("sender", letter.envelope.sender)})

    def _send(self, lanes: Lanes[LetterInHand], letter: LetterInHand) -> None:
        if self._is_closed(letter):
            self._desk.hand_back([letter.owed])
            return
        faults.point("sending")
        for sent in lanes.send(letter, letter.envelope, letter.owed.engagement_id):
            self.note(sent)
        faults.point("sent")

    def _read(self, batch: Sequence[Claimed]) -> LetterRows:
        with self._world.store.reading() as session:
            return letter_rows.read(session, [owed.id for owed in batch], self._desk.clock())

    def _write(self, rows: LetterRows | None, owed: Claimed) -> LetterInHand | None:
        """None when it cannot be written, which is settled then."""
        with contained(owed.key, partial(self._desk.try_again, owed)):
            try:
                return finished(self._world, rows or self._read([owed]), owed, self._desk.clock())
            except (WorkflowError, ValueError, KeyError) as trouble:
                self._desk.give_up(owed, _sentence(trouble))
        return None

    def note(self, sent: Sent[LetterInHand]) -> None:
        """What came of a letter, and who is to blame."""
        owed, sender = sent.tag.owed, sent.tag.envelope.sender
        match sent.trouble:
            case None if sent.slow:
                self._desk.slow(owed)
            case None:
                self._desk.done(owed, sent.tag.kept, sent.tag.others)
                self._desk.works({MAIL, ("sender", sender)})
                self._answered()
            case Undeliverable() as trouble:
                self._desk.give_up(owed, str(trouble))
                self._answered()
            case SenderRefused() | Unreachable() as trouble:
                self._desk.hand_back([owed])
                self._close(MAIL if isinstance(trouble, Unreachable) else ("sender", sender), str(trouble))
            case BrokenOff() as trouble:
                self._broke_off(owed, str(trouble))
            case NotNow() as trouble:
                self._desk.try_again(owed, str(trouble))
                self._answered()
            case trouble:
                _log.error("Something went wrong with %s", owed.key, exc_info=trouble)
                self._desk.try_again(owed, sentence_of(trouble))

    def _answered(self) -> None:
        """The server has spoken about a letter, so it is there and well."""
        self._in_a_row, self._taken = 0, self._taken + 1

    def _broke_off(self, owed: Claimed, sentence: str) -> None:
        """Where the server was ailing before, the letter is not to blame: others are tried before it is tried again."""
        self._in_a_row, self._last = self._in_a_row + 1, sentence
        if MAIL in self._desk.ways.ailing:
            self._desk.put_off(owed, sentence)
            self._close(MAIL, sentence)
            return
        self._desk.try_again(owed, sentence)
        if self._in_a_row >= _IN_A_ROW:
            self._close(MAIL, sentence)

    def judge_all(self) -> None:
        """At the end of a pass: of several letters not one has had an answer."""
        if self._taken == 0 and self._in_a_row >= _WITHOUT_ONE:
            self._close(MAIL, self._last)

    def _close(self, way: tuple[str, str], sentence: str) -> None:
        if way not in self._closed:
            self._closed.add(way)
            self._desk.close(way, sentence)


def _sentence(trouble: Exception) -> str:
    return f"{trouble.args[0]} has no value in this letter." if isinstance(trouble, KeyError) else str(trouble)
