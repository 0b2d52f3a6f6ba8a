"""`python -m tasks.rehearse`: does the rehearsals that wait, and ends. Everything else comes first."""

import os

from tasks.app import rehearse_waiting

_POLITE = 10


def main() -> None:
    os.nice(_POLITE)
    rehearse_waiting()


if __name__ == "__main__":
    main()
