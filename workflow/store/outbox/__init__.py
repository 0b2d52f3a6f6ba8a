"""The outbox: effects owed, claimed, settled. The database is the record; the queue is only a doorbell.

`claims` takes what is due and keeps it, `outcomes` writes what came of it, `reminders` says which reminders go
together, `dead` what people decide about an effect that was given up.
Nothing is locked while the outside world is spoken to.
"""
