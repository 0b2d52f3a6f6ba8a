"""What an installation asks of whoever signs in. Chosen in the settings, told to the use cases."""

from dataclasses import dataclass
from datetime import timedelta

from workflow.domain.actor import ACCOUNT_ROLES

#: A session is seen in use at most once in this time, so that reading pages writes little.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """`second_factor` are the roles that cannot sign in without one. `idle` is how long a session may rest, `absolute`
    how long it lasts in any case; `fresh` how long a factor counts for what is sensitive (ASVS 5.0, 7.3 and 7.5).

    A device on which somebody wished it is not asked for the second factor for `remembered`. It stays known, as one
    that others' guesses cannot shut out, for `known` after it was last used.

    Schools and participants come in by a letter. They may rest for `guest_idle`, which is longer, as they write long
    texts and another letter is more trouble than a password, and stay for `guest_absolute` at most.
    The same holds for readers of several schools, whose invitation holds for `reader_lasts` at most.
    """

    second_factor: tuple[str, ...] = ACCOUNT_ROLES
    idle: timedelta = timedelta(hours=1)
    absolute: timedelta = timedelta(hours=12)
    fresh: timedelta = timedelta(minutes=15)
    remembered: timedelta = timedelta(days=30)
    known: timedelta = timedelta(days=90)
    guest_idle: timedelta = timedelta(hours=2)
    guest_absolute: timedelta = timedelta(hours=12)
    reader_lasts: timedelta = timedelta(days=365)

    @property
    def longest(self) -> timedelta:
        """After which nobody is signed in any more."""
        return max(self.absolute, self.guest_absolute)
