"""Commands for whoever looks after the installation: starting, migrating, importing, proving, checking, repairing."""
