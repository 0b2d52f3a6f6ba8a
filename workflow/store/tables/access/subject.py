"""Whose a letter or a session is: of those who may come in, one."""

from typing import NamedTuple

from sqlalchemy import CheckConstraint, ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

_COLUMNS = ("user_id", "engagement_id", "participant_id", "reader_id")


def one_subject(*others: str) -> CheckConstraint:
    """Exactly one of the four columns is set, or of these others."""
    counted = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in (*_COLUMNS, *others))
    return CheckConstraint(f"{counted} = 1", name="one_subject")


class Subject(NamedTuple):
    """Somebody with an account, the school of an engagement, a participant, or an invited reader of several schools."""

    user_id: int | None = None
    engagement_id: int | None = None
    participant_id: int | None = None
    reader_id: int | None = None

    def owns(
        self,
        user_id: InstrumentedAttribute[int | None],
        engagement_id: InstrumentedAttribute[int | None],
        participant_id: InstrumentedAttribute[int | None],
        reader_id: InstrumentedAttribute[int | None],
    ) -> ColumnElement[bool]:
        """That a row is theirs, by its four columns."""
        if self.user_id is not None:
            return user_id == self.user_id
        if self.engagement_id is not None:
            return engagement_id == self.engagement_id
        if self.participant_id is not None:
            return participant_id == self.participant_id
        return reader_id == self.reader_id
