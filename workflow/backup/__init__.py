"""The whole record as one file, for another day, another machine or the other database.

Face: `save` writes the file while everything runs, `restore` reads it into an empty record. `rows` is how a table is
written down, `archive` how the file is put together and proved.
"""
