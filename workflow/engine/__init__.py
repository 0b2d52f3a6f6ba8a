"""The engine: the one way anything moves. What others call is named here; the rest is its own."""

from workflow.engine.firing import Available, Owe, advance, available, begin, expect, open_case, record, time_came

__all__ = ["Available", "Owe", "advance", "available", "begin", "expect", "open_case", "record", "time_came"]
