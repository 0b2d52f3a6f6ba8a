"""The console: one noun a file, each a thin hand on the same use cases that the pages have.

`console` is the command group and its last door for errors; `context` is what every command may reach; `output` is how
all of them speak.
"""

from web.cli.console import main

__all__ = ["main"]
