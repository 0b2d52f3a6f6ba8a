"""Meetings by day, for the calendar's page and for the calendars that people keep elsewhere. Reads only."""
