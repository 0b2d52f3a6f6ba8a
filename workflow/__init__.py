"""What the service is: the offer, the engine and the record. No Flask, no Celery.

The right side is pure (definition, check, machine, guards, effects, calendar, errors); `store` keeps the
record; `engine` is the one way anything moves; the files named after a noun are its use cases.
"""
