"""Signing in and out. A later issue adds a second factor and single sign-on behind the same session."""

from web.auth import sign_in

BLUEPRINTS = (sign_in.bp,)
