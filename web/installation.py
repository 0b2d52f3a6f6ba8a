"""What this installation is: its settings, where its demonstration lies, and the clock on its wall.

The only file of the pages and the console that reads the settings. It imports nothing heavy: every command needs it.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from config.settings import DEMO, HABITS, Settings, environment_of, load_settings, served

__all__ = ["DEMO", "HABITS", "Clock", "Settings", "environment_of", "load_settings", "served", "utc_now"]

#: Gives the time in UTC.
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock on the wall. Everything below is told the time."""
    return datetime.now(UTC)
