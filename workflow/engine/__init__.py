"""The engine: the one way anything moves. What others call is named here; the rest is its own.

A trigger, a fact, a due time: each is read once, decided without the record (`decide`), and written once.
"""

from workflow.engine.clocks import next_round
from workflow.engine.course import Course
from workflow.engine.decide import Asked, CameDue, WentBack
from workflow.engine.firing import Available, advance, available, available_to
from workflow.engine.recording import (
    begin,
    change_version,
    expect,
    left_by,
    open_case,
    open_cases,
    record,
    record_each,
    record_together,
    take_back,
    time_came,
    write,
    written_by,
)

__all__ = [
    "Asked",
    "Available",
    "CameDue",
    "Course",
    "WentBack",
    "advance",
    "available",
    "available_to",
    "begin",
    "change_version",
    "expect",
    "left_by",
    "next_round",
    "open_case",
    "open_cases",
    "record",
    "record_each",
    "record_together",
    "take_back",
    "time_came",
    "write",
    "written_by",
]
