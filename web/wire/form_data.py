"""What Flask makes of a request's body. A form that cannot be read is refused, and never taken for an empty one."""

from typing import Any

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser

Parsed = tuple[Any, MultiDict[str, str], MultiDict[str, FileStorage]]


class WholeForms(FormDataParser):
    """Raises BadRequest where werkzeug would go on with an empty form, or with a field that has no name."""

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more | {"silent": False})

    def parse(self, *about: Any, **more: Any) -> Parsed:
        try:
            stream, form, files = super().parse(*about, **more)
        except ValueError:
            raise BadRequest from None
        if None in form or None in files:
            raise BadRequest
        return stream, form, files


class PageRequest(Request):
    """A request for one of our pages."""

    form_data_parser_class = WholeForms
