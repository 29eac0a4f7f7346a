"""Where credentials are kept between commands: no network, no printing.

Nothing outside this package may import keyring.
"""
