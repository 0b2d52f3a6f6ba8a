"""What people look at: lists, one engagement whole, one person whole, the outbox, the audit. Reads only.

Pages and console ask here and nowhere else; nothing here decides or writes.
"""
