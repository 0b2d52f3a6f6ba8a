"""What an offer's files say as text: on which line everything stands, and what a refused value should have been.

Pure. Face: `toml_lines.lines_of`, `value_words.sentence_of`, `spellings`.
"""
