"""Completion scripts for shells, and the man page, generated from the tree of commands.

The scripts hold all names themselves, so that TAB starts no Python and uses no network.
"""
