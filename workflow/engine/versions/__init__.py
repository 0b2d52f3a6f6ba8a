"""An engagement goes on under another version of its offer: what becomes of its clocks."""
