"""A connection whose refusals arrive: with a page, and without the reset that a browser shows in its place.

Who closes a socket in which something is still unread resets the connection, and what was answered may be lost. So
after a refusal the rest is read and thrown away, up to a bound.
"""

import socket
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from web import request_log
from web.error_pages import ErrorPage
from web.wire.request_parser import RequestParser

#: How much is read away at most, in bytes: three times what anybody may upload.
_READ_AWAY = 200_000_000
_NO_REQUEST = 400


class Refusal(ErrorTask):  # type: ignore[misc] # waitress carries no types
    """The answer to what is no request."""

    def __init__(self, pages: Mapping[int, ErrorPage], channel: "Connection", request: Any) -> None:
        super().__init__(channel, request)
        self._page = pages.get(request.error.code, pages[_NO_REQUEST])

    def execute(self) -> None:
        request_log.refused(self._page.status)
        self.channel.refused = True
        self.status = self._page.status
        self.response_headers.extend(self._page.headers)
        self.set_close_on_finish()
        self.content_length = len(self._page.body)
        self.write(self._page.body)


class Connection(HTTPChannel):  # type: ignore[misc] # likewise
    """Between the answer and the end of a refused one lies what is still on its way."""

    parser_class = RequestParser
    refused = False
    _lingers = False
    _read_away = 0

    def __init__(self, pages: Mapping[int, ErrorPage], *about: Any, **more: Any) -> None:
        self.error_task_class = partial(Refusal, pages)
        super().__init__(*about, **more)

    def received(self, data: bytes) -> bool:
        if not self._lingers:
            return bool(super().received(data))
        self._read_away += len(data)
        self.will_close = self._read_away > _READ_AWAY
        return False

    def handle_close(self) -> None:
        """The first time, only our side: whoever has read the answer closes theirs. Who stays silent is cut off."""
        if self.refused and not self._lingers:
            self._lingers, self.will_close = True, False
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:  # they have gone away already
                super().handle_close()
            return
        super().handle_close()


def connecting(pages: Mapping[int, ErrorPage]) -> Callable[..., Connection]:
    """What waitress makes of each connection. `pages` has one for 400, and for whatever else has its own."""
    return partial(Connection, pages)
