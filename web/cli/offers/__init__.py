"""Commands about offers: listed, proved, drawn, explained to whoever writes one, and given away in other notations."""
