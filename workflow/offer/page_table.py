"""What every table of an offer's page is made from."""

from pydantic import BaseModel, ConfigDict


class PageTable(BaseModel):
    """One table of the page. A key nobody knows is a mistake, not a note."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
