"""Real terminals and shells."""
