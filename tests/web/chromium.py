"""Which browser the tests start: Chromium without its windows, which is all that pages meet; in the long proofs, with
them. Whole, it takes several times as long for every page that is opened, most of it for tabs that nobody sees."""

import os
import shutil

_WITHOUT_WINDOWS, _WHOLE = "chromium-headless-shell", ("chromium", "google-chrome")


def chromium() -> str | None:
    """Its path; nothing where there is none but the one that Playwright has brought itself."""
    names = _WHOLE if os.environ.get("SUITE") == "full" else (_WITHOUT_WINDOWS, *_WHOLE)
    return next((path for one in names if (path := shutil.which(one))), None)
