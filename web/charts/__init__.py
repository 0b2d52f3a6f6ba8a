"""Pictures of figures, as SVG that a page can hold: Vega-Lite says what is drawn, and its own program draws it.

A picture is never alone: its title and description say what it shows, and a table beside it says everything.
"""
