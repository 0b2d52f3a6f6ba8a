"""The last step of an engagement, taken back: what it was, what that means for dates and emails, and the doing."""
