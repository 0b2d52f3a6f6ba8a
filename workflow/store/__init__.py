"""The record: tables by noun, the session they are read and written through, cases read and changes written whole.

`cases` reads what is true of an engagement, `change_writer` writes what the engine decided, `outbox` is what is owed,
`history` what happened, `dialect` the only place that knows which database it is. Nothing here decides anything.
"""
