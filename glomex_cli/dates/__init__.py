"""Ranges of whole days: what `--from`, `--last`, `--period` and `--compare` mean.

The calendar only: what day it is comes as an argument, rows and services are unknown here.
"""
