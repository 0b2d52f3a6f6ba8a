"""Lists of engagements: found, filtered, and read in pages."""
