"""A console whose installation has the offers that a test names, or all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.offers import one_town
from tests.offers.one_town import Town
from tests.offers.together import installed
from tests.records import Files, furnish_home
from tests.web.cli.conftest import Furnish, Typist, live_in, one_person

#: With the offers of these codes; with none named, all.
Installation = Callable[..., Typist]


@pytest.fixture
def typist_of(tmp_path: Path, files: Files, monkeypatch: pytest.MonkeyPatch) -> Installation:
    def make(*codes: str, furnish: Furnish = one_person) -> Typist:
        live_in(tmp_path, monkeypatch)
        monkeypatch.setenv("RECOGNITION_OFFERS", str(installed(tmp_path, *codes)))
        furnish_home(files, tmp_path)
        typist = Typist(tmp_path)
        furnish(typist)
        return typist

    return make


@pytest.fixture
def town(files: Files, tmp_path: Path) -> Iterator[Town]:
    with one_town.town(files, tmp_path) as made:
        yield made
