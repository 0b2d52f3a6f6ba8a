"""A form that was sent after its session had ended: what was typed waits on the sign-in page, and is put back after it.

It is kept by the browser alone. Nothing of it is stored, and nothing is done before somebody has signed in and sends
the form again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

#: Where a form may have been sent to: pages of ours, never another site. What it asks of the page goes along:
#: a form that is about all that a filter finds would be about all there is without it.
_TO = re.compile(
    r"/(?:advisor|admin|school)/(?!.*\.\.)[A-Za-z0-9/_.-]{0,300}(?:\?[A-Za-z0-9_.~%=&+-]{0,1000})?", re.ASCII
)
_PREFIX, _WHERE = "kept-", "kept_to"
#: More than anybody types; what is longer is not kept.
_LONGEST = 200_000
#: As many bytes as that may take, written as forms write it.
_MOST_BYTES = 3 * _LONGEST
#: What proves who somebody is is typed anew: a page never shows it again, nor carries it along.
_NEVER = ("csrf_token", "password", "current", "code", "answer")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where it was sent, and its fields in their order. Files are not kept."""

    to: str
    fields: Sequence[tuple[str, str]]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that carry it through the sign-in page."""
        return [(_WHERE, self.to), *((f"{_PREFIX}{name}", value) for name, value in self.fields)]

    @property
    def written(self) -> list[str]:
        """What a person wrote of it, for them to see."""
        return written(value for _, value in self.fields)


def written(values: Iterable[str]) -> list[str]:
    """What a person wrote of what a form sends: whatever has more than one word."""
    return [value for value in values if " " in value.strip()]


def sent_too_late() -> KeptForm | None:
    """The form of this request, which nobody is signed in for. None where there is nothing to keep, more than is read
    of strangers, such as files, or what somebody else's site has made their browser send."""
    if not _is_from_here() or not 0 < (request.content_length or 0) <= _MOST_BYTES:
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NEVER]
    return _kept(request.full_path.rstrip("?"), fields)


def _is_from_here() -> bool:
    """Browsers tell with every form which site it stood on, and send no session along from another one: somebody who
    is signed in would be asked to sign in, and to send what they never wrote. Of pages whose address is told to nobody
    they tell no more than whether it was this site."""
    whence = request.headers.get("Sec-Fetch-Site")
    if whence is not None:
        return whence == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def carried(form: MultiDict[str, str]) -> KeptForm | None:
    """The form that the sign-in page has carried along, if it has."""
    fields = [(name.removeprefix(_PREFIX), one) for name, one in form.items(multi=True) if name.startswith(_PREFIX)]
    return _kept(form.get(_WHERE, ""), fields)


def _kept(to: str, fields: list[tuple[str, str]]) -> KeptForm | None:
    short = sum(len(name) + len(value) for name, value in fields) <= _LONGEST
    return KeptForm(to, fields) if short and _TO.fullmatch(to) else None
