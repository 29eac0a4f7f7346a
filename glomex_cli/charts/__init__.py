"""Series of numbers and pictures of them: sparklines, and framed charts over time.

`parse` reads text and JSON, `sparkline` and `plot` draw. Pure, apart from plotext's own state.
"""
