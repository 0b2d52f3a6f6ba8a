"""An offer looked at before anybody buys it: its letters, its certificate, its days, and a walk through its journey.

Whatever is shown here is made by what makes it in earnest, about a school that no record has. Nothing is written.
"""
