"""Whether the pages of one engagement take longer, or grow, with the letters that were written and the events behind.

Two engagements differ in nothing else: ten letters have gone to the first, five hundred to the second, each with its
event. They take turns in one run, so that what else the machine does hits both alike; the ratio counts.
"""

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import text

from config.settings import OFFERS, Settings
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.queries_counted import counted
from tests.servers import new_database, postgresql
from tests.web.advisor.engagement.places.letters import write
from tests.web.visitor import PASSWORD, Visitor
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.offer.loader import load_offers
from workflow.store.migrate import upgrade
from workflow.store.session import Store
from workflow.usecases.accounts import members

_EMAIL = "advisor.web@example.org"
_NOW = datetime(2025, 10, 6, 11, tzinfo=UTC)
_PLACES = ("", "/people", "/meetings", "/evidence", "/visits", "/messages", "/history", "/people/{person}/")
_LETTERS = (10, 500)


class Town:
    """An application over the engagements, with somebody signed in."""

    def __init__(self, url: str, home: Path) -> None:
        settings = Settings(home=home, database_url=url, secret_key="s" * 40, second_factor=())
        self.store = Store(url, {"keys": keys, "offers": Catalogue(load_offers((OFFERS,))), "hash_cost": "least"})
        upgrade(self.store.engine)
        furnish(self.store, _NOW)
        self._account()
        self.cases = [self._case(number, letters) for number, letters in enumerate(_LETTERS)]
        self.visitor = Visitor(create_app(settings, lambda: _NOW, self.store)).sign_in(_EMAIL)

    def _account(self) -> None:
        with self.store.writing() as session:
            if self.store.engine.dialect.name == "postgresql":
                session.execute(text("SELECT setval(pg_get_serial_sequence('user_account', 'id'), 10)"))
            members.add(session, _EMAIL, name="Tamsin Rowe", role="advisor", password=PASSWORD, now=_NOW)

    def _case(self, number: int, letters: int) -> Journey:
        case = Journey(self.store, _NOW).begin(order=f"P-{number}").to("framework")
        write(case, letters)
        return case

    def look(self, case: int, place: str) -> tuple[float, int, int]:
        """Milliseconds, bytes and queries of one page."""
        person = 1 + 3 * case
        path = f"/advisor/engagement/{self.cases[case].reference}{place.format(person=person)}"
        with counted(self.store) as asked:
            start = time.perf_counter()
            answer = self.visitor.open(path).answer
            took = time.perf_counter() - start
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status}")
        return took * 1000, len(answer.data), len(asked)


def p95(milliseconds: list[float]) -> float:
    return statistics.quantiles(milliseconds, n=20)[-1]


def measure(town: Town, rounds: int) -> None:
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for place in _PLACES:
            for case in range(len(_LETTERS)):
                times[place, case].append(town.look(case, place)[0])
    dialect = town.store.engine.dialect.name
    print(f"{dialect}: median and p95 in ms, with {_LETTERS} letters; ratio of medians; kB; queries")
    for place in _PLACES:
        few, many = (times[place, case][1:] for case in range(len(_LETTERS)))
        told = "  ".join(f"{statistics.median(one):6.1f} {p95(one):6.1f}" for one in (few, many))
        _, size, asked = town.look(1, place)
        ratio = statistics.median(many) / statistics.median(few)
        print(f"{place or '/':>18}  {told}  {ratio:5.2f}  {size / 1000:5.0f}  {asked:2}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgresql())
        for url in (f"sqlite:///{home / 'places.db'}", new_database(server, "places")):
            town = Town(url, home)
            measure(town, given.rounds)
            town.store.close()


if __name__ == "__main__":
    main()
