"""Passkeys (WebAuthn): set up, and used as the second factor. What a browser is asked, and answers, is JSON.

The device asks its owner for a finger, a face or a PIN, so that a device alone is not enough.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from workflow.domain.actor import Actor
from workflow.errors import BadInput, Conflict, NotFound
from workflow.sanitise import line
from workflow.store.tables.access.second_factor import Passkey
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.user import User
from workflow.usecases.accounts import account_history
from workflow.usecases.accounts.sessions import SignedIn

MOST = 10
_TITLE = 60
_ASKS_OWNER = UserVerificationRequirement.REQUIRED
_NOT_TAKEN = "The passkey was not taken. Try again, or use a code."


@dataclass(frozen=True, slots=True)
class Here:
    """What a passkey belongs to: the pages at this address, and no others."""

    base_url: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def can_have_passkeys(self) -> bool:
        """Browsers keep none for a bare number."""
        try:
            ip_address(self.host)
        except ValueError:
            return True
        return False


def of_user(session: Session, user_id: int) -> Sequence[Passkey]:
    return session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)).all()


def ask_for_new(session: Session, signed: SignedIn, here: Here) -> str:
    """What the browser is to make one from. Raises Conflict for somebody who has too many."""
    user = signed.user
    own = of_user(session, user.id)
    if len(own) >= MOST:
        raise Conflict(f"You have {MOST} passkeys. Remove one before you add another.")
    options = webauthn.generate_registration_options(
        rp_id=here.host,
        rp_name=here.name,
        user_id=f"account {user.id}".encode(),
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=_named(own),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=_ASKS_OWNER
        ),
    )
    _keep(session, signed, "new passkey", options.challenge)
    return webauthn.options_to_json(options)


def add(session: Session, signed: SignedIn, answer: str, title: str, *, here: Here, now: datetime) -> Passkey:
    """The one that the browser has made. Raises BadInput."""
    user, challenge = signed.user, _used_up(session, signed, "new passkey")
    try:
        made = webauthn.verify_registration_response(
            credential=_said(answer),
            expected_challenge=challenge,
            expected_rp_id=here.host,
            expected_origin=here.base_url,
            require_user_verification=True,
        )
    except WebAuthnException as trouble:
        raise BadInput(_NOT_TAKEN) from trouble
    try:
        named = line(title, "The passkey's name", _TITLE) if title.strip() else "Passkey"
    except ValueError as error:
        raise BadInput(str(error)) from None
    passkey = Passkey(
        user_id=user.id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        title=named,
        created_at=now,
        used_at=None,
    )
    session.add(passkey)
    account_history.note(session, user.id, "passkey_added", Actor(user.role, user.id), now)
    session.flush()
    return passkey


def ask_for_one(session: Session, signed: SignedIn, here: Here) -> str:
    """What the browser is to answer with one of theirs."""
    options = webauthn.generate_authentication_options(
        rp_id=here.host, allow_credentials=_named(of_user(session, signed.user.id)), user_verification=_ASKS_OWNER
    )
    _keep(session, signed, "passkey", options.challenge)
    return webauthn.options_to_json(options)


def given(signed: SignedIn, answer: str, here: Here) -> Callable[[Session, User, datetime], bool]:
    """Whether the browser's answer is right: a second factor as `factors` has them."""

    def is_right(session: Session, user: User, now: datetime) -> bool:
        try:
            challenge = _used_up(session, signed, "passkey")
            passkey = _theirs(session, user, answer)
            proved = webauthn.verify_authentication_response(
                credential=_said(answer),
                expected_challenge=challenge,
                expected_rp_id=here.host,
                expected_origin=here.base_url,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, BadInput, NotFound):
            return False
        passkey.sign_count, passkey.used_at = proved.new_sign_count, now
        return True

    return is_right


def remove(session: Session, user: User, number: int, now: datetime) -> None:
    """Raises NotFound for somebody else's."""
    found = session.scalar(select(Passkey).where(Passkey.id == number, Passkey.user_id == user.id))
    if found is None:
        raise NotFound("You have no such passkey. It may have been removed already.")
    session.delete(found)
    account_history.note(session, user.id, "passkey_removed", Actor(user.role, user.id), now)


def _theirs(session: Session, user: User, answer: str) -> Passkey:
    number = _said(answer).get("id")
    found = next((one for one in of_user(session, user.id) if one.credential_id == number), None)
    if found is None:
        raise NotFound(_NOT_TAKEN)
    return found


def _said(answer: str) -> dict[str, Any]:
    """Raises BadInput for what no browser answers."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        raise BadInput(_NOT_TAKEN) from None
    if not isinstance(said, dict):
        raise BadInput(_NOT_TAKEN)
    return said


def _named(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in passkeys]


def _keep(session: Session, signed: SignedIn, what: str, challenge: bytes) -> None:
    session.get_one(
        WebSession, signed.session.id, with_for_update=True
    ).asked = f"{what}:{bytes_to_base64url(challenge)}"


def _used_up(session: Session, signed: SignedIn, what: str) -> bytes:
    """What was asked for, once. Raises BadInput where nothing was, or something else."""
    row = session.get_one(WebSession, signed.session.id, with_for_update=True)
    kind, _, challenge = row.asked.partition(":")
    row.asked = ""
    if kind != what:
        raise BadInput(_NOT_TAKEN)
    return base64url_to_bytes(challenge)
