"""Framed charts of metrics over time: `draw` makes the text, `svg` an image of it.

Pure, apart from plotext's own state, which only `canvas` touches and clears.
"""
