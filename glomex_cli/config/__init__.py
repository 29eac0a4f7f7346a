"""Profiles: the accounts, endpoints and stores a person names, in `config.toml`. No secrets."""
