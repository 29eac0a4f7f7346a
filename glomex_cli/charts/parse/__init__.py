"""Numbers and JSON read from what people pipe in."""
