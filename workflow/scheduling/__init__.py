"""What time does by itself: due timers, quiet hours, due dates counted again after a calendar has changed.

Called by `tasks.tick` and by rehearsals, which say what time it is. Face: `due_timers.sweep`, `quiet_hours.put_off`,
`reschedule.differences`.
"""
