"""Ways to read a drawing."""
