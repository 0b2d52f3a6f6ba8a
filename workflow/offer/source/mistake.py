"""A mistake that only a whole table shows, and the key of the table at which it is told. Pure."""

from workflow.offer.source.toml_lines import Place


class Mistake(ValueError):
    """Raised by a table that looks at several of its keys; `place` is the way from the table to the one to mend."""

    def __init__(self, sentence: str, *place: str | int) -> None:
        super().__init__(sentence)
        self.place: Place = place
