"""The record: tables by noun, the session they are read and written through, and the three mechanisms on top.

`outbox` (what is owed), `history` (what happened) and `facts` (what is true now) are the mechanisms; every other
file here is one table or two that belong together. Nothing here decides anything.
"""
