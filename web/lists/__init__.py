"""Lists of engagements as the council and readers of several schools are shown them: filters, columns and files."""
