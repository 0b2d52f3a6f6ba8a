"""What comes next: timers ahead, the nearest route, the likely date of the certificates. Reads only.

Asks the record what is so and was so before; decides nothing. Face: `upcoming_timers`, `nearest_route`, `forecast`.
"""
