"""What the service does to the world: send emails, make certificates, let time pass.

`app` is Celery's door; `tick` and `deliver` are the two passes, which also work without Celery; every kind of effect
has one file in `effects`, registered in `handlers`.
"""
