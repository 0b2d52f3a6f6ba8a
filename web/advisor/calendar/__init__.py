"""Meetings by month, week and list, and the addresses at which people's own calendars read them."""
