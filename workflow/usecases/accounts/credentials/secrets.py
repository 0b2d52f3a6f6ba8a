"""Secrets that somebody carries, of which only the digest is kept; and secrets that are kept, sealed."""

import base64
import hmac
import secrets
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_BYTES = 32


def new_secret() -> str:
    """256 bits that stand in a cookie or an address."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """Of a secret that cannot be guessed, so that one quick round is enough."""
    return sha256(secret.encode()).hexdigest()


class Sealer:
    """Seals what has to be read again, with a key of its own made from the installation's secret."""

    def __init__(self, installation_secret: str) -> None:
        key = HKDF(SHA256(), _BYTES, salt=None, info=b"recognition sealed secrets").derive(installation_secret.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """None for what was sealed with another installation's secret, or changed since."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


class LinkMaker:
    """Makes the secret of a link from what is kept of it and the installation's secret: a letter that is sent twice has
    the same link in it, and the record has none that anybody could use."""

    def __init__(self, installation_secret: str) -> None:
        key = HKDF(SHA256(), _BYTES, salt=None, info=b"recognition links in letters")
        self._key = key.derive(installation_secret.encode())

    def secret(self, purpose: str, salt: str) -> str:
        drawn = hmac.digest(self._key, f"{purpose} {salt}".encode(), "sha256")
        return base64.urlsafe_b64encode(drawn).decode().rstrip("=")
