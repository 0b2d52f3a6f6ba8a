"""Where the browser is that the tests start."""

import shutil

from tests.suite_size import SIZE


def chromium() -> str | None:
    """Its path; nothing where there is none but the one that Playwright has brought itself."""
    return next((path for one in SIZE.browsers if (path := shutil.which(one))), None)
