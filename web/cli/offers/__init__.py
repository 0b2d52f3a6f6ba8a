"""Commands about offers: listed, proved, drawn, compared, explained, and given away in other notations."""
