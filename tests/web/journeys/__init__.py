"""A journey walked in a browser by whoever its pages ask: they say what is next, who does it, and where."""
