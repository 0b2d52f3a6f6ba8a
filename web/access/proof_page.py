"""The page that asks somebody who is signed in for a factor again."""

from flask import render_template

from web.app_state import here
from web.wire.kept_form import KeptForm
from workflow.store.tables.user import User
from workflow.usecases.accounts import factors


def page(user: User, back: str, kept: KeptForm | None, trouble: str | None = None) -> str:
    """`back` is where they go on afterwards, `kept` what they had sent."""
    with here().store.reading() as db:
        has = factors.of_user(db, user)
    able = has.passkeys and here().passkeys.can_have_passkeys
    return render_template("auth/again.html", user=user, has=has, able=able, back=back, kept=kept, trouble=trouble)
