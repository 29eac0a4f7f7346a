"""Faults planted in the package, to see whether the tests notice them."""
