"""The way out for emails: a letter made into a message, and handed to a Maildir or an SMTP server.

`server` opens it, `lanes` keeps one slow receiver from holding up the others, `troubles` says what can go wrong and
whose fault it is. Nothing here knows the record.
"""
