"""What comes over the wire before it is a request for a page: read, bounded, and refused with a page where it is none.

`request_parser` reads heads and bodies for waitress, `connection` answers what is refused, `form_data` is what Flask
reads of a body.
"""
