"""Sparklines: text or JSON to series, series to glyphs. Pure; standard library only.

`reading` takes what stdin holds, `draw` makes the picture, `follow` the moving one.
"""
