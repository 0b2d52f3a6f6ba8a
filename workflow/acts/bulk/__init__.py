"""One thing for many engagements: what is asked, the job it becomes, and the work on it.

Face: `request.BulkRequest`, `MANY` and what a form or the console asks; `jobs`, for whoever asks and looks; `work`, for
the worker.
"""
