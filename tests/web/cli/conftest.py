"""The console as a person types at it: a home folder of its own, tables that are up to date, and a clock."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from config.settings import DEMO
from tests.conftest import NOW
from web.cli.console import recognition
from web.cli.context import CliContext

PASSWORD = "a long enough password"
ORDERS = """Order number,Service,School URN,Net price,Order date,Contact name,Contact email
SFS-1,"Mentoring, coaching and leadership recognition",900001,265,01/10/2025,Ada Pascoe,ada@trevanick.example.org
"""


@dataclass
class Typist:
    """Types commands. `now` is what the clock shows; a command that leaves a traceback fails the test."""

    home: Path
    now: datetime = NOW
    runner: CliRunner = field(default_factory=CliRunner)

    def type(self, *words: str, given: str | None = None) -> Result:
        result = self.runner.invoke(recognition, list(words), obj=CliContext(lambda: self.now), input=given)
        assert "Traceback" not in result.output
        assert not (self.home / "recognition.log").exists(), (self.home / "recognition.log").read_text()
        return result

    def do(self, *words: str, given: str | None = None) -> str:
        """Types a command that is meant to work. Returns what it said."""
        result = self.type(*words, given=given)
        assert result.exit_code == 0, result.output
        return result.stdout

    def ask(self, *words: str) -> Any:
        return json.loads(self.do(*words, "--json"))

    def later(self, **span: float) -> "Typist":
        self.now += timedelta(**span)
        return self


#: Makes a home folder what it is to be. What it returns is kept beside it.
Furnish = Callable[[Typist], object]


class Homes:
    """Home folders furnished once a session, by typing, and copied for each test that wants one like them."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, dict[Furnish, tuple[Path, object]]()

    def copy(self, furnish: Furnish, home: Path) -> object:
        """Returns what came of furnishing it."""
        if furnish not in self._made:
            self._made[furnish] = self._make(furnish)
        original, outcome = self._made[furnish]
        shutil.copytree(original, home, dirs_exist_ok=True)
        return outcome

    def _make(self, furnish: Furnish) -> tuple[Path, object]:
        home = self._folder / furnish.__name__
        home.mkdir()
        with pytest.MonkeyPatch.context() as environment:
            live_in(home, environment)
            return home, furnish(Typist(home))


def live_in(home: Path, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("RECOGNITION_HOME", str(home))
    environment.setenv("RECOGNITION_HASH_COST", "least")


def one_person(typist: Typist) -> None:
    typist.do("db", "upgrade")
    typist.do(
        "user",
        "add",
        "lead@example.org",
        "--role",
        "lead_advisor",
        "--name",
        "Morgan Tremayne",
        "--password-stdin",
        given=f"{PASSWORD}\n",
    )


def schools(typist: Typist) -> None:
    one_person(typist)
    typist.do("import", "schools", str(DEMO / "schools.csv"))


def an_order(typist: Typist) -> str:
    """Returns the reference of the engagement that begins with it."""
    schools(typist)
    orders = typist.home / "orders.csv"
    orders.write_text(ORDERS, encoding="utf-8")
    typist.do("import", "purchases", str(orders))
    return str(typist.ask("engagement", "list")[0]["ref"])


def three_people(typist: Typist) -> None:
    ref = an_order(typist)
    for name in ("Ada", "Bryn", "Cara"):
        typist.do("participant", "nominate", ref, f"{name} Pascoe", f"{name.lower()}@trevanick.example.org")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("homes"))


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typist:
    """A home folder with nothing in it."""
    live_in(tmp_path, monkeypatch)
    return Typist(tmp_path)


@pytest.fixture
def typist(bare: Typist, homes: Homes) -> Typist:
    """Tables, and one person who may sign in."""
    homes.copy(one_person, bare.home)
    return bare


@pytest.fixture
def furnished(typist: Typist, homes: Homes) -> Typist:
    """Schools, too."""
    homes.copy(schools, typist.home)
    return typist


@pytest.fixture
def ref(furnished: Typist, homes: Homes) -> str:
    """One engagement that has just begun."""
    return str(homes.copy(an_order, furnished.home))


@pytest.fixture
def staffed(furnished: Typist, ref: str, homes: Homes) -> Typist:  # noqa: ARG001 (three more people at that engagement)
    """At the first training session, with three people."""
    homes.copy(three_people, furnished.home)
    return furnished
