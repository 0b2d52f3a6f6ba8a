"""The calendar messages that an engagement has sent, as the calendars that get them read them."""

from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

from icalendar import Calendar

from tasks.tick import pass_once
from tasks.world import World
from tests.journeys import Journey


class Post:
    """The invitations and cancellations that have gone out so far, as a calendar would read them."""

    def __init__(self, maildir: Path) -> None:
        self.sent: list[tuple[str, str, int]] = []
        self.uids: list[str] = []
        for path in sorted((maildir / "new").iterdir(), key=lambda one: one.stat().st_mtime_ns):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            for part in letter.walk():
                if part.get_content_type() == "text/calendar":
                    calendar = Calendar.from_ical(part.get_content())
                    (event,) = calendar.walk("VEVENT")
                    self.sent.append((str(calendar["method"]), str(letter["to"]), int(str(event["sequence"]))))
                    self.uids.append(str(event["uid"]))

    def to(self, email: str) -> list[str]:
        return [method for method, to, _ in self.sent if email in to]

    @property
    def methods(self) -> dict[str, int]:
        return Counter(method for method, _, _ in self.sent)


def post(journey: Journey, world: World, maildir: Path) -> Post:
    pass_once(world, journey.now)
    return Post(maildir)
