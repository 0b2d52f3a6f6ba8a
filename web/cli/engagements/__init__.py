"""Commands about engagements: the list and one whole, firing, undoing, bulk work, schools, whose turn it is."""
