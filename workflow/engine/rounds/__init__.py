"""A journey that leads back: what a new round sets aside, who begins again in it, and what is asked for anew."""
