"""What an invited reader of several schools looks at. Which schools these are stands in every query."""
