"""A client that says whatever it is told to, right or wrong, and reads all that is answered."""

import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

_PATIENCE = 30
HEAD = b"Host: 127.0.0.1\r\nConnection: close\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"


@dataclass(frozen=True)
class RawAnswer:
    """`status` is 0 when there was none. `cut_off` says that the connection was, in whichever direction."""

    cut_off: bool
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def say(url: str, request: bytes) -> RawAnswer:
    """Sends all of it before it reads, as browsers do; what cannot be sent any more is not."""
    began, came, cut_off = time.monotonic(), b"", False
    with socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), _PATIENCE) as client:
        try:
            client.sendall(request)
        except (BrokenPipeError, ConnectionResetError):
            cut_off = True
        try:
            while part := client.recv(65536):
                came += part
        except ConnectionResetError:
            cut_off = True
    return _read(came, time.monotonic() - began, cut_off=cut_off)


def _read(came: bytes, seconds: float, *, cut_off: bool) -> RawAnswer:
    """Of several answers, the last: the first may say no more than that the rest should be sent."""
    head, _, body = came.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return RawAnswer(cut_off, int(first.split()[1]) if first else 0, headers, body, seconds)


def post(path: str, body: bytes, headers: bytes = FORM) -> bytes:
    length = f"Content-Length: {len(body)}\r\n\r\n".encode()
    return b"POST " + path.encode() + b" HTTP/1.1\r\n" + headers + length + body


def get(headers: bytes = HEAD, path: bytes = b"/") -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + headers + b"\r\n"
