"""What is checked of the terms of an offer: money, certificates, phases, columns, meetings and the calendar. Pure."""
