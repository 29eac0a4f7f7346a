"""Ranges of whole days, the calendar, and time buckets. Today's date comes as an argument."""
