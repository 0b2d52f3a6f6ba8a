"""Emails as an offer's folder writes them: Markdown with placeholders, and the text and HTML they become.

It knows no record and no reader: values come from `workflow.mail`. Face: `EmailTemplate`, `Rendered`, `placeholders`.
"""
