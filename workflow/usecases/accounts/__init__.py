"""Accounts of people at the council: made, changed and closed; proved with a password and a second factor; signed in.

`policy` is what an installation asks of whoever signs in. `factors`, `passkeys` and `recovery_codes` are second factors
beside the password. `sign_in` asks for one after the other, `prove_again` for one once more; `sessions` and `devices`
are what that leads to, and how it ends. `members` is who has an account, `own` what people change about their way in,
and `account_history` what became of it.
"""
