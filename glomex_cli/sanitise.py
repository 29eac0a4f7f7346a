"""Make foreign text safe for a terminal.

Everything the service or a file says passes here before it reaches a terminal: rich lets
escape sequences through, even with markup off.
"""
