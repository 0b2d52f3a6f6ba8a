"""A request as its bytes come in. One loop reads those of everybody, so none may take long or raise.

Stricter than waitress where that is allowed: a header is one line, and there is one way to say how long a body is
(RFC 9112, 5.2 and 6.1). Its expressions take a time that grows with the square of what is hostile, so they are only
asked about what is sure to match.
"""

import re

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest, RequestEntityTooLarge, RequestHeaderFieldsTooLarge

#: Browsers send twenty; whoever stands before us adds a few.
_HEADERS = 100
#: A chunk's size takes eight signs; what else may stand in its line, and behind the last one, browsers never send.
_CHUNK_LINE, _TRAILER = 1024, 8192
_FIRST_LINE = re.compile(rb"[^ ]+ [^ ]+(?: HTTP/[0-9]\.[0-9])?")
_UNSEEN = re.compile(rb"[^\t\r\n\x20-\x7e\x80-\xff]")
_FOLDED = re.compile(rb"\r\n[ \t]")
_CODINGS = re.compile(rb"\r\ntransfer-encoding:([^\r]*)", re.IGNORECASE)


class RequestParser(HTTPRequestParser):  # type: ignore[misc] # waitress carries no types
    """`error` says what is wrong with the request, if anything is."""

    error: BadRequest | None
    completed: bool

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.chunked and self.error is None:
            self.error = self._wrong_with_chunks()
            self.completed = self.completed or self.error is not None
        if self.error is not None:
            self.expect_continue = False  # nobody is asked to send the rest of it
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Raises ParsingError, and nothing else."""
        if header_plus.count(b"\r\n") > _HEADERS + 2:
            self.error = RequestHeaderFieldsTooLarge(f"more than {_HEADERS} headers")
            self.completed = True
            return
        _check_lines(header_plus)
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # Python's own readers of addresses and numbers
            raise ParsingError("An address or a length that is none") from error
        lengths = {"CONTENT_LENGTH", "TRANSFER_ENCODING"} & set(self.headers)
        if (self.chunked and lengths) or "TRANSFER_ENCODING" in lengths:
            raise ParsingError("More than one length")

    def _wrong_with_chunks(self) -> BadRequest | None:
        body = self.body_rcv
        if body.chunk_remainder >= self.adj.max_request_body_size:
            return RequestEntityTooLarge("a chunk beyond any upload")
        if len(body.control_line) > _CHUNK_LINE or len(body.trailer) > _TRAILER:
            return BadRequest("a line that does not end")
        return None


def _check_lines(head: bytes) -> None:
    """Raises ParsingError."""
    if not _FIRST_LINE.fullmatch(head.partition(b"\r\n")[0].rstrip()):
        raise ParsingError("Start line is invalid")
    if _UNSEEN.search(head):
        raise ParsingError("A sign that cannot be seen")
    if _FOLDED.search(head):
        raise ParsingError("A header in more than one line")
    codings = [one.strip(b" \t").lower() for one in _CODINGS.findall(head)]
    if codings not in ([], [b"chunked"]):
        raise ParsingError("A coding that nobody here knows")
