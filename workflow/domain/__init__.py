"""What is true of an engagement and the rules about it: facts, lifecycles, guards, effects, actors. Pure.

Knows the calendar's spans and nothing of offers, tables or pages. Face: `facts.Facts`, `actor.Actor`,
`effects.Effect` and `Recipient`, `guards.judge`, `lifecycles.LIFECYCLES`.
"""
