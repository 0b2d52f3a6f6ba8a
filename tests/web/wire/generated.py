"""Requests made up by chance, the same for the same seed: forms as they stand on the pages with hostile things in them,
and lines, headers and bodies that are none.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, quote_from_bytes, urlencode

from tests.web.wire import hostile
from tests.web.wire.page_forms import PageForm

_BOUNDARY = "0123456789boundary"


@dataclass(frozen=True)
class Somebody:
    """Whoever asks: their cookie, the pages they know and the forms they can see."""

    cookie: str
    pages: Sequence[str]
    forms: Sequence[PageForm]


@dataclass(frozen=True)
class Made:
    """`method` is the one it says; whoever reads it may see another or none."""

    method: str
    request: bytes


def make(rng: random.Random, people: Sequence[Somebody], routes: Sequence[str]) -> Made:
    who = rng.choice(people)
    form = rng.choice(who.forms) if who.forms and rng.random() < 0.7 else None
    method = _method(rng, form)
    path = _path(rng, who, form, routes)
    body, about = _body(rng, form) if method not in (b"GET", b"HEAD") or rng.random() < 0.1 else (b"", [])
    headers = [*_usual(rng, rng.choice(people) if rng.random() < 0.06 else who), *about]
    if rng.random() < 0.15:
        headers += rng.choices(hostile.HEADERS, k=rng.choice((1, 1, 2)))
        body = body or hostile.PROMISED
    line = rng.choice(hostile.LINES) if rng.random() < 0.08 else hostile.LINES[0]
    return Made(method.decode(), b"\r\n".join([line % (method, path), *headers, b"", b""]) + body)


def _method(rng: random.Random, form: PageForm | None) -> bytes:
    if form is not None and rng.random() < 0.93:
        return form.method.encode()
    if rng.random() < 0.5:
        return b"GET"
    return rng.choice(hostile.METHODS)


def _usual(rng: random.Random, who: Somebody) -> list[bytes]:
    host = [b"Host: 127.0.0.1"] if rng.random() < 0.97 else []
    cookie = [f"Cookie: recognition={who.cookie}".encode()] if who.cookie and rng.random() < 0.95 else []
    return [*host, b"Connection: close", *cookie]


def _path(rng: random.Random, who: Somebody, form: PageForm | None, routes: Sequence[str]) -> bytes:
    if form is not None:
        path = form.action
    elif rng.random() < 0.5:
        path = rng.choice(who.pages)
    else:
        path = _filled(rng, rng.choice(routes))
    asked = path.encode()
    if rng.random() < 0.35:
        asked += b"?" + _query(rng)
    if rng.random() < 0.05:
        at = rng.randrange(1, len(asked) + 1)
        asked = asked[:at] + quote_from_bytes(rng.choice(hostile.RAW)).encode() + asked[at:]
    if rng.random() < 0.03:
        asked += rng.choice(hostile.RAW).replace(b"\x00", b"\x01")
    return asked


def _filled(rng: random.Random, route: str) -> str:
    """A route whose places hold something hostile, or something that looks right."""
    whole = route
    while "<" in whole:
        before, _, rest = whole.partition("<")
        place, _, after = rest.partition(">")
        right = {
            "reference": "CMC-25-0001-X",
            "serial": "2222-2222-2222",
            "number": "1",
            "name": "hold",
            "token": "x" * 40,
        }
        value = right.get(place.partition(":")[0], "x") if rng.random() < 0.4 else hostile.text(rng)[:2000]
        whole = before + quote(value, safe="") + after
    return whole


def _query(rng: random.Random) -> bytes:
    names = ("find", "stage", "standing", "advisor", "show", "serial", "next", "which", "", "\x00", "csrf_token")
    if rng.random() < 0.15:
        return rng.choice(hostile.RAW).replace(b"\x00", b"%00")
    return urlencode([(rng.choice(names), hostile.text(rng)) for _ in range(rng.randint(1, 3))]).encode()


def _fields(rng: random.Random, form: PageForm | None) -> list[tuple[str, str]]:
    """Those of the form, most of them as they are; what guards the form mostly stays, or nothing else would be read."""
    given = form.fields if form is not None else {"csrf_token": [""], hostile.text(rng): [""]}
    fields = []
    for name, values in given.items():
        kept = 0.98 if name in ("csrf_token", "version", "key", "trigger") else 0.55
        value = rng.choice(values) if rng.random() < kept else hostile.text(rng)
        fields += [(name, value)] * rng.choice((1,) * 60 + (0, 2))
    if rng.random() < 0.1:
        fields.append((hostile.text(rng), hostile.text(rng)))
    if rng.random() < 0.03:
        fields.append(rng.choice((("a\x00b", "x"), ("x", "a\x00b"))))
    return fields


def _body(rng: random.Random, form: PageForm | None) -> tuple[bytes, list[bytes]]:
    kind = rng.random()
    if kind < 0.07:
        body, about = (
            rng.choice(hostile.RAW) * rng.choice((1, 1, 1000)),
            b"Content-Type: application/x-www-form-urlencoded",
        )
    elif kind < (0.8 if form is not None and form.files else 0.35):
        body, about = _multipart(rng, form), f"Content-Type: multipart/form-data; boundary={_BOUNDARY}".encode()
    else:
        body, about = urlencode(_fields(rng, form)).encode(), b"Content-Type: application/x-www-form-urlencoded"
    return _framed(rng, body, about)


def _framed(rng: random.Random, body: bytes, about: bytes) -> tuple[bytes, list[bytes]]:
    if rng.random() < 0.85:
        return body, [about, b"Content-Length: %d" % len(body)]
    size = b"%x" % len(body) if rng.random() < 0.5 else rng.choice(hostile.CHUNKS)
    chunk = size + b"\r\n" + body + b"\r\n" if body else b""
    return chunk + b"0\r\n\r\n", [about, b"Transfer-Encoding: chunked"]


def _multipart(rng: random.Random, form: PageForm | None) -> bytes:
    parts = [_part(f'; name="{name}"', value.encode("utf-8", "replace")) for name, value in _fields(rng, form)]
    for name in form.files if form is not None else ["files-x"]:
        file_name, content = rng.choice(hostile.FILES)
        parts.append(_part(f'; name="{name}"; filename="{file_name}"', content))
    if rng.random() < 0.1:
        parts.append(
            _part(rng.choice(("", ";", "; name", '; name="', "; filename=x", "; name*=x''%ff", ";" * 500)), b"x")
        )
    if rng.random() < 0.05:
        parts = parts * 400
    whole = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
    return whole[: rng.randrange(len(whole))] if rng.random() < 0.07 else whole


def _part(about: str, content: bytes) -> bytes:
    head = f"--{_BOUNDARY}\r\nContent-Disposition: form-data{about}\r\n\r\n"
    return head.encode("utf-8", "replace") + content + b"\r\n"
