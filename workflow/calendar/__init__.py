"""Days as schools count them: terms, closures, bank holidays, and what a due date rests on. Pure.

Face: `working_days.Calendar`, `span.Span` and `Unit`, `school_year.OwnDates`, `explanation.explain`, and
`local_time.local_day`, which says which day it is there.
"""
