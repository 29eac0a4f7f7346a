"""Text and JSON from stdin or arguments, parsed to series."""
