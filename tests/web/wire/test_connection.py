"""What is no request, or too much of one, over a real socket: a page says so, as every page is said."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

from tests.web.browsing import Site
from tests.web.test_security import POLICY
from tests.web.wire.raw_client import FORM, HEAD, RawAnswer, get, post, say

_CHUNKED = b"POST /sign-in HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n"
_MULTIPART = HEAD + b"Content-Type: multipart/form-data; boundary=b\r\n"
_HALF, _MORE, _AT_MOST, _LONG = 500_000, 70_000_000, 200_000_000, 2
NO_REQUESTS = {
    "a bad chunk size": _CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n",
    "a negative chunk size": _CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
    "a chunk that goes on": _CHUNKED + b"5\r\nhello, world\r\n0\r\n\r\n",
    "a bad chunk in half a megabyte": _CHUNKED + b"zz\r\n" + b"x" * _HALF,
    "a chunk size without an end": _CHUNKED + b"0" * _HALF,
    "a trailer without an end": _CHUNKED + b"0\r\n" + b"x" * _HALF,
    "chunks in a coding nobody knows": get(HEAD + b"Transfer-Encoding: gzip, chunked\r\n"),
    "two codings": get(HEAD + b"Transfer-Encoding: chunked, chunked\r\n") + b"0\r\n\r\n",
    "two lengths": get(HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + b"0\r\n\r\n",
    "chunks before there were any": b"POST / HTTP/1.0\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length that is none": get(HEAD + b"Content-Length: five\r\n"),
    "a negative length": get(HEAD + b"Content-Length: -5\r\n"),
    "a length of 5,000 digits": get(HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n"),
    "half an address": get(path=b"http://[::1/"),
    "an address that is none": get(path=b"http://[zz]/"),
    "an address beyond ASCII": get(path=b"/\xff\xfe"),
    "a method in small letters": b"get / HTTP/1.1\r\n" + HEAD + b"\r\n",
    "no line at all": b"GET\r\n\r\n",
    "no colon": get(HEAD + b"nothing\r\n"),
    "a header in two lines": get(HEAD + b"X: a\r\n b\r\n"),
    "a sign that cannot be seen": get(HEAD + b"X: a\x00b\r\n"),
    "a header of blanks that never ends well": get(HEAD + b"X:" + b" \t" * 25_000 + b"\x00\r\n"),
    "a first line that never ends well": b"GET a://" + b"1" * 40_000 + b" junk\r\n" + HEAD + b"\r\n",
    "a part without a name": post(
        "/sign-in", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", _MULTIPART
    ),
}
TOO_LARGE = {
    "a length beyond any upload": (413, post("/sign-in", b"x" * _MORE)),
    "a chunk beyond any upload": (413, _CHUNKED + b"ffffffffffff\r\n" + b"x" * _HALF),
    "headers beyond any": (431, get(HEAD + b"X: " + b"y" * _HALF + b"\r\n")),
    "too many headers": (431, get(HEAD + b"X: y\r\n" * 2000)),
}


def _told(answer: RawAnswer) -> str:
    """What the page says, if it is one of ours with all that each of them carries."""
    ours = answer.headers.get("content-security-policy") == POLICY and answer.headers["cache-control"] == "no-store"
    heading = answer.body.decode().partition('<h1 class="govuk-heading-l">')[2].partition("</h1>")[0]
    return f"{answer.status} {heading}" if ours and not answer.cut_off and answer.seconds < _LONG else str(answer)


def test_what_is_no_request_is_answered_with_a_page(site: Site) -> None:
    told = {name: _told(say(site.url, request)) for name, request in NO_REQUESTS.items()}
    assert told == dict.fromkeys(NO_REQUESTS, "400 We could not read that request")


def test_what_is_too_large_is_read_away_and_answered_with_a_page(site: Site) -> None:
    told = {name: _told(say(site.url, request)) for name, (_, request) in TOO_LARGE.items()}
    assert told == {name: f"{status} That is too big" for name, (status, _) in TOO_LARGE.items()}


def test_a_link_in_what_is_refused_goes_no_further(site: Site) -> None:
    """Nobody knows yet whose page was meant."""
    assert say(site.url, get(path=b"/\xff")).headers["referrer-policy"] == "no-referrer"


def test_a_hostile_request_holds_nobody_up(site: Site) -> None:
    """While it is read nobody else is: one loop reads them all."""
    for name in ("a header of blanks that never ends well", "a first line that never ends well"):
        assert say(site.url, NO_REQUESTS[name]).seconds < 0.5


def test_what_follows_a_refused_request_is_no_request(site: Site) -> None:
    """Who sees another one in the same bytes may be told apart from whoever stands before us."""
    answer = say(site.url, _CHUNKED + b"zz\r\n\r\n" + get())
    assert answer.body.count(b"</html>") == 1


def test_who_waits_to_be_let_on_with_too_much_is_told_at_once(site: Site) -> None:
    asked = FORM + b"Expect: 100-continue\r\nContent-Length: 999999999\r\n\r\n"
    assert say(site.url, b"POST /sign-in HTTP/1.1\r\n" + asked).status == 413


def test_nobody_is_read_for_ever(site: Site) -> None:
    """Who promises a terabyte is left to it once three times what anybody may upload has come."""
    with socket.create_connection(("127.0.0.1", urlsplit(site.url).port or 0), 10) as client:
        client.sendall(b"POST / HTTP/1.1\r\n" + HEAD + b"Content-Length: 999999999999\r\n\r\n")
        sent = 0
        with suppress(BrokenPipeError, ConnectionResetError):
            while sent < 2 * _AT_MOST:
                client.sendall(b"x" * _HALF)
                sent += _HALF
    assert _MORE < sent < _AT_MOST * 1.2


def test_a_name_for_the_script_is_nobodys_to_give(site: Site) -> None:
    for header in (b"Script-Name: /x\r\n", b"SCRIPT_NAME: /x\r\n", b"SCRIPT_NAME: http://evil.example\r\n"):
        answer = say(site.url, get(HEAD + header))
        assert answer.status == 200
        assert b"evil.example" not in answer.body
