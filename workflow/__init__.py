"""What the service is: the page of the journey, the record, the engine, and what people and time do with it.

Knows neither Flask nor Celery, asks no clock and reads no setting: those come in from `web` and `tasks`. A package may
import those below it and none beside it; the order stands in `pyproject.toml` and in `docs/architecture.md`.
"""
