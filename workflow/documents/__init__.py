"""Files that strangers send: looked into by a process that may die of them, so that none of ours does."""
