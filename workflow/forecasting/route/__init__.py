"""The nearest route: the shortest list of things that people still have to do before the certificates go out.

`act` is one of those things, `remedies` which of them meet a guard, `act_results` what each changes in the facts,
`planner` puts them in order and gives them days, `telling` says them in words. All of it is pure: facts and a calendar
in, legs out.
"""
