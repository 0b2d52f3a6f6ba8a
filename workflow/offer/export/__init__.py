"""The journey of an offer in notations that others read: BPMN 2.0 for modellers, SCXML for state machines. Pure.

Face: `notations.NOTATIONS`.
"""
