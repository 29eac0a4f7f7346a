"""The commands: a file per word typed, with its options, a few calls, and what it prints."""
