"""The console as a person types at it: a home folder of its own, tables that are up to date, and a clock."""

import json
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


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typist:
    """A home folder with nothing in it."""
    monkeypatch.setenv("RECOGNITION_HOME", str(tmp_path))
    return Typist(tmp_path)


@pytest.fixture
def typist(bare: Typist) -> Typist:
    """Tables, and one person who may sign in."""
    bare.do("db", "upgrade")
    bare.do(
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
    return bare


@pytest.fixture
def furnished(typist: Typist) -> Typist:
    """Schools, too."""
    typist.do("import", "schools", str(DEMO / "schools.csv"))
    return typist


@pytest.fixture
def ref(furnished: Typist, tmp_path: Path) -> str:
    """One engagement that has just begun."""
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS, encoding="utf-8")
    furnished.do("import", "purchases", str(orders))
    return str(furnished.ask("engagement", "list")[0]["ref"])


@pytest.fixture
def staffed(furnished: Typist, ref: str) -> Typist:
    """At the first training session, with three people."""
    for name in ("Ada", "Bryn", "Cara"):
        furnished.do("participant", "nominate", ref, f"{name} Pascoe", f"{name.lower()}@trevanick.example.org")
    return furnished
