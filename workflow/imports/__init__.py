"""Files that people send: read row by row, every fault with its row and column, and brought in when they are clean.

Face: `sheet.read`, `schools.import_schools`, `purchases.import_purchases`, `staff.import_staff`, `ImportReport`.
"""
