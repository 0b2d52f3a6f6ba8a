"""A rehearsal has a process of its own, which ends by itself when nothing waits."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.conftest import NOW, begun
from tests.programs import environment
from tests.records import Files, Originals
from workflow.simulation.asked import jobs
from workflow.simulation.asked.question import Question
from workflow.simulation.scenario import DateRange
from workflow.store.tables.requests.rehearsal import Rehearsal

MARCH = DateRange(date(2027, 3, 1), date(2027, 3, 31))


def test_the_program_takes_up_what_waits_and_ends(originals: Originals, files: Files, tmp_path: Path) -> None:
    with originals.copy(files, begun) as store:
        with store.writing() as session:
            number = jobs.ask(session, Question(no_visits=(MARCH,)), "lead_advisor:2", NOW)
            session.get_one(Rehearsal, number).tries = 2
        settings = environment(tmp_path, database_url=str(store.engine.url))
        subprocess.run([sys.executable, "-m", "tasks.rehearse"], env=settings, check=True, timeout=60)
        with store.reading() as session:
            job = jobs.look(session, number)
    assert (job.status, job.refusal) == ("failed", "It was stopped in the middle 2 times. Ask again.")
