"""Commands about offers: listed, proved, drawn, compared, explained to whoever writes one, and given away in other notations."""
