"""Routes read once a session: tests have an application each, and reading its addresses is nearly all of making it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.routing import Rule

#: What reading an address leaves at its route, but for what writes it, which is bound to the route.
_LEFT = ("_parts", "_trace", "_converters")
_WRITERS = ("_build", "_build_unknown")


@contextmanager
def routes_read_once() -> Iterator[None]:
    """A route whose address has been read before has what came of it."""
    read = Rule.compile
    known: dict[tuple[object, ...], Rule] = {}

    def compile_once(rule: Rule) -> None:
        before = known.setdefault(_address(rule), rule)
        if before is rule:
            read(rule)
            return
        rule.arguments |= before.arguments
        left: dict[str, Any] = {name: getattr(before, name) for name in _LEFT}
        writers = {name: getattr(before, name).__func__.__get__(rule) for name in _WRITERS}
        vars(rule).update(left | writers)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_once)
        yield


def _address(rule: Rule) -> tuple[object, ...]:
    """All that reading it depends on. Converters are the same in all applications."""
    return rule.rule, rule.subdomain, rule.merge_slashes, str(rule.defaults), type(rule)
