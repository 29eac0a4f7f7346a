"""Variants of the service for the tests, and what every command must give under each."""
