"""Files that were uploaded and are kept until they are brought in: read by the same imports as at the console.

Face: `kinds.KINDS`, `keep.take`, `keep.of`, `keep.locked`, `bringing.check`, `bringing.bring_in`, `undoing.undo`.
"""
