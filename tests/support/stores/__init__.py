"""Credential stores for tests: a real keyring, processes that race."""
