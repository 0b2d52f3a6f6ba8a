"""What engagements were under, before they went on under another version of their offer."""
