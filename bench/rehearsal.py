"""How long a school year takes to rehearse: a thousand schools that order over the year, and people who act."""

import argparse
import time
from datetime import UTC, datetime, timedelta

from config.settings import HABITS, OFFERS
from workflow.simulation.habits import read_habits
from workflow.simulation.new_orders import Wanted, deal
from workflow.simulation.report import report
from workflow.simulation.run import offers_of_scenario, rehearse, the_calendar
from workflow.simulation.scenario import Scenario

_START, _END = datetime(2025, 9, 3, 8, tzinfo=UTC), datetime(2026, 7, 31, 23, tzinfo=UTC)
_ADVISORS = (3, 4, 5, 6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=1000)
    asked = parser.parse_args()
    scenario = Scenario(_START, _END, seed=1, habits=read_habits(HABITS), offers=(OFFERS,), advisors=len(_ADVISORS))
    wanted = Wanted(asked.schools, _START, _END - timedelta(weeks=1))
    orders = deal([wanted], [], the_calendar(offers_of_scenario(scenario)), dict.fromkeys(_ADVISORS, 0), after=0)
    whole = Scenario(
        _START, _END, seed=1, habits=scenario.habits, offers=(OFFERS,), advisors=len(_ADVISORS), orders=orders
    )
    start = time.perf_counter()
    told = report(rehearse(whole, lambda _done, _of: None))
    took = time.perf_counter() - start
    print(
        f"{told.summary['engagements']:,} engagements over a school year, {told.summary['emails']:,} emails, "
        f"{told.summary['certificates']:,} certificates: {took:.1f} s (target: under 60 on two cores)"
    )


if __name__ == "__main__":
    main()
