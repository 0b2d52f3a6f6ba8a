"""Bank holidays: as the library ships them, or as a newer file of the government's says. Pure but for the reading.

The file is the one published at gov.uk/bank-holidays.json; nothing here goes to the network.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

from govuk_bank_holidays.bank_holidays import BankHolidays
from pydantic import BaseModel, Field, ValidationError

from workflow.errors import BadInput, Problem

Region = Literal["england-and-wales", "scotland", "northern-ireland"]
_NOT_ONE = "This is not a file of bank holidays. Download bank-holidays.json from www.gov.uk and try again."


class _Holiday(BaseModel):
    title: str = Field(min_length=1, max_length=100)
    date: date


class _Division(BaseModel):
    events: list[_Holiday] = Field(min_length=1)


class _File(BaseModel):
    divisions: dict[Region, _Division]


@lru_cache
def published(region: str) -> Mapping[date, str]:
    """The bank holidays of a region by day, from the data the library ships (no network)."""
    found = BankHolidays(use_cached_holidays=True).get_holidays(division=region)
    return {one["date"]: str(one["title"]) for one in found}


def read_file(text: bytes) -> dict[str, dict[date, str]]:
    """Each region's bank holidays by day. Raises BadInput with the first thing that is wrong."""
    try:
        table = json.loads(text)
        read = _File.model_validate({"divisions": table})
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(_NOT_ONE, (Problem("file", f"it is not JSON: {error}."),)) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ", ".join(str(part) for part in first["loc"][1:]) or "file"
        raise BadInput(_NOT_ONE, (Problem(where, f"{first['msg']}."),)) from None
    return {region: {one.date: one.title for one in part.events} for region, part in read.divisions.items()}
