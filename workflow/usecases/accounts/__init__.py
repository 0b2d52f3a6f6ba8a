"""Accounts of people at the council: made, changed and closed; proved with a password and a second factor; signed in.

`policy` is what an installation asks of whoever signs in. `factors`, `passkeys` and `recovery_codes` are second factors
beside the password. `doors` are the ways in, `sessions` and `devices` what they lead to, and how that ends. `members`
is who has an account, `own` what people change about their way in, `departure` how somebody leaves, and
`account_history` what became of an account.
"""
