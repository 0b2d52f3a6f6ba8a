"""Commands about dates: meetings, dates on offer, visits and what they ask for, the calendar itself."""
