"""The tests mirror the code. Servers are real and started by the tests themselves; see `servers`."""
