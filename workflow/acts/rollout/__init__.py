"""Another version of an offer, as people bring it to engagements."""
