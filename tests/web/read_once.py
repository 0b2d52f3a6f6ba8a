"""What an application is made of, read once a session: tests have an application each, and reading its templates and
its addresses is nearly all of what making one takes, and its first page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

#: What reading an address leaves at its route, but for what writes it, which is bound to the route.
_LEFT = ("_parts", "_trace", "_converters")
_WRITERS = ("_build", "_build_unknown")


@contextmanager
def read_once(folder: Path) -> Iterator[None]:
    """Compiled templates lie in the folder, for all processes that run tests."""
    templates, make, read = CompiledTemplates(str(folder)), Flask.create_jinja_environment, Rule.compile
    routes: dict[tuple[object, ...], Rule] = {}

    def with_templates(app: Flask) -> Environment:
        made = make(app)
        made.bytecode_cache = templates
        return made

    def read_if_new(route: Rule) -> None:
        before = routes.setdefault(_address(route), route)
        if before is route:
            read(route)
        else:
            _copy(before, route)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "create_jinja_environment", with_templates)
        patch.setattr(Rule, "compile", read_if_new)
        yield


def _address(route: Rule) -> tuple[object, ...]:
    """All that reading it depends on. Converters are the same in all applications."""
    return route.rule, route.subdomain, route.merge_slashes, str(route.defaults), type(route)


def _copy(before: Rule, route: Rule) -> None:
    route.arguments |= before.arguments
    left: dict[str, Any] = {name: getattr(before, name) for name in _LEFT}
    writers = {name: getattr(before, name).__func__.__get__(route) for name in _WRITERS}
    vars(route).update(left | writers)


class CompiledTemplates(FileSystemBytecodeCache):
    """A template's source is part of its name, so that one which has changed is compiled anew. What this process has
    read it keeps."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._keep(bucket)
        super().dump_bytecode(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code
