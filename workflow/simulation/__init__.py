"""The rehearsal: a school year on a virtual clock, in the real engine, on a copy that nobody else sees.

`scenario` says what is rehearsed, `snapshot` copies the record (or begins an empty one) into memory, `agents` do there
what the nearest route asks for while `clock` lets time pass, `email_delivery` settles when each email would have gone,
`run` does all caseloads side by side, and `metrics` and `report` tell what came of it. Nothing here writes to
the live record or speaks to the world.
"""
