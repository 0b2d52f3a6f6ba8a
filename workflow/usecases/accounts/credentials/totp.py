"""Codes of authenticator apps (RFC 6238: six digits, SHA-1, thirty seconds, which is what every app can do)."""

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

_DIGITS, _STEP, _BYTES = 6, 30, 20
#: A clock may be wrong by so many steps either way (RFC 6238, 5.2).
_DRIFT = 1


def new_secret() -> str:
    """As apps take it when it is typed: base32."""
    return base64.b32encode(secrets.token_bytes(_BYTES)).decode()


def address(secret: str, account: str, issuer: str) -> str:
    """What stands in the picture that an app scans."""
    return _totp(secret).get_provisioning_uri(account, issuer)


def step_of(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The step of the clock that a code belongs to; None for a wrong one, and for one no later than the step `after`,
    for which a code has been taken before."""
    digits = "".join(code.split())
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    here = int(now.timestamp()) // _STEP
    steps = range(here - _DRIFT, here + _DRIFT + 1)
    right = [step for step in steps if secrets.compare_digest(code_at(secret, step), digits)]
    return next((step for step in right if step > after), None)


def code_at(secret: str, step: int) -> str:
    return _totp(secret).generate(step * _STEP).decode()


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), _DIGITS, SHA1(), _STEP)  # noqa: S303 (what apps know; HMAC does not lean on its collisions)
