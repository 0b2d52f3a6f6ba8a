"""The rehearsal: a school year on a virtual clock, in the real engine, on a copy that nobody else sees.

`plan` says what is rehearsed, `fork` copies the record (or begins an empty one) into memory, `desk` lets time pass
there while the `cast` does what the nearest route asks for, `post` settles when each email would have gone, `whole`
runs all desks side by side, and `measures` and `chart` tell what came of it. Nothing here writes to the live record or
speaks to the world.
"""
