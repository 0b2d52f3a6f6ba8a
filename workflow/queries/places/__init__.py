"""What each page about one engagement shows, and no more: `frame` is what all of them begin with.

Whoever wants everything at once, such as the console, reads `queries.engagement_view`.
"""
