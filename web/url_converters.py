"""What may stand in an address: references and serials are matched strictly, so nothing else ever reaches a query."""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import BaseConverter, Rule

from workflow.domain import reference

#: A certificate's number, such as 7KQ2-M9RT-WX4H: letters and digits that cannot be taken for one another.
SERIAL_GROUP = "[2-9A-HJKMNP-Z]{4}"


class LateRule(Rule):
    """A route that learns to write its address when it is first asked to: werkzeug compiles a function for it, twice
    for each route, which is most of what it takes to make the application; few routes are ever asked."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 (werkzeug's signature)
        compiled = cache(super()._compile_builder)

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return compiled(append_unknown)(rule, **values)

        return build


class ReferenceConverter(BaseConverter):
    """An engagement's reference."""

    regex = reference.PATTERN.pattern


class SerialConverter(BaseConverter):
    """A certificate's number."""

    regex = f"{SERIAL_GROUP}(?:-{SERIAL_GROUP}){{2}}"


class NumberConverter(BaseConverter):
    """The number of an effect or a person. Bounded: werkzeug's own takes any count of digits, in any script."""

    regex = "[1-9][0-9]{0,8}"


class NameConverter(BaseConverter):
    """A name that an offer gives, such as that of a kind of appointment."""

    regex = "[a-z][a-z0-9_-]{0,60}"


class TokenConverter(BaseConverter):
    """A signed link's token."""

    regex = r"[A-Za-z0-9_.-]{20,200}"


CONVERTERS: dict[str, type[BaseConverter]] = {
    "reference": ReferenceConverter,
    "serial": SerialConverter,
    "token": TokenConverter,
    "number": NumberConverter,
    "name": NameConverter,
}
