"""What Flask reads of a request's body. A form that cannot be read is refused, and never taken for an empty one."""

from itertools import chain
from typing import IO, Any

from flask import Request, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.formparser import FormDataParser

_NOTHING = "\x00"
Parsed = tuple[Any, MultiDict[str, str], MultiDict[str, FileStorage]]


class WholeForms(FormDataParser):
    """Raises BadRequest where werkzeug would go on with an empty form, or with a field that has no name."""

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more | {"silent": False})
        self._make, self.stream_factory = self.stream_factory, self._container
        self._containers: list[IO[bytes]] = []

    def parse(self, *about: Any, **more: Any) -> Parsed:
        """Files of a form that is refused halfway are closed: nobody else has them."""
        try:
            return _named(super().parse(*about, **more))
        except (ValueError, HTTPException) as error:
            for one in self._containers:
                one.close()
            raise error if isinstance(error, HTTPException) else BadRequest from None

    def _container(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        container = self._make(total_content_length, content_type, filename, content_length)
        self._containers.append(container)
        return container


def _named(parsed: Parsed) -> Parsed:
    """Raises ValueError."""
    if any(None in fields for fields in parsed[1:]):
        raise ValueError("a part without a name")
    return parsed


class PageRequest(Request):
    """A request for one of our pages."""

    form_data_parser_class = WholeForms


def check() -> None:
    """Before every request that a route takes, once it is known how much may be sent to it.

    Raises BadRequest for a form that cannot be read, and for the sign that no database keeps and no keyboard has.
    """
    if request.endpoint is None:
        return
    files = ((name, file.filename or "") for name, file in request.files.items(multi=True))
    given = chain(request.args.items(multi=True), request.form.items(multi=True), files)
    if any(_NOTHING in text for pair in given for text in pair):
        raise BadRequest
