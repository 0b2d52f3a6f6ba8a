"""What this installation is: its settings, where its demonstration lies, and the clock on its wall.

The only file of the pages and the console that reads the settings. It imports nothing heavy: every command needs it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from config.settings import DEMO, HABITS, NEW_OFFER, Settings, environment_of, load_settings, served
from workflow.usecases.accounts.policy import AccessPolicy

__all__ = [
    "DEMO",
    "HABITS",
    "NEW_OFFER",
    "Clock",
    "Settings",
    "environment_of",
    "load_settings",
    "policy_of",
    "served",
    "utc_now",
]

#: Gives the time in UTC.
Clock = Callable[[], datetime]


def policy_of(settings: Settings) -> AccessPolicy:
    """What these settings ask of whoever signs in."""
    return AccessPolicy(
        settings.second_factor,
        timedelta(minutes=settings.idle_minutes),
        timedelta(hours=settings.session_hours),
        guest_idle=timedelta(minutes=settings.school_idle_minutes),
        guest_absolute=timedelta(hours=settings.school_session_hours),
        reader_lasts=timedelta(days=settings.reader_days),
    )


def utc_now() -> datetime:
    """The clock on the wall. Everything below is told the time."""
    return datetime.now(UTC)
