"""What shells and `man` are told of the command line, made from the tree of commands.

The scripts hold all names themselves, so that TAB starts no Python and asks no network.
"""
