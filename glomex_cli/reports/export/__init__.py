"""Export a report's history, month by month, as files that are replaced whole."""
