"""What may stand in an offer's folder, told from the code that reads it: a handbook for people, a schema for editors.

Face: `handbook.written`, `page_schema.page_schema`.
"""
