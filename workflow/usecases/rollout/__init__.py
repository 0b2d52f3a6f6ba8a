"""Another version of an offer reaches engagements that were bought under the one before."""
