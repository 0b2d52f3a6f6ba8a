"""Signing in and out: a password, then a second factor, and a factor again before what is sensitive."""

from web.auth import again, new_password, second_step, set_up, sign_in, single_sign_on

BLUEPRINTS = (sign_in.bp, second_step.bp, set_up.bp, again.bp, new_password.bp, single_sign_on.bp)
