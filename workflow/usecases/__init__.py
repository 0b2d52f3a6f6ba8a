"""What people may do: one noun a file, its verbs inside. Pages, console, bulk work and rehearsals all call these.

A use case checks what only it can know, changes the rows of its own noun, and says what happened to the engine, which
writes history, owes effects and moves the engagement.
"""
