"""What one owed email says, to whom, with which links and which calendar file. Sends nothing: `tasks` does.

Face: `letters.write`, `letters.Letter`, `signed_links.Links`.
"""
