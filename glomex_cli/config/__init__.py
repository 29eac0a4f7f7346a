"""Settings: global options, environment, and the profiles of `config.toml`. No secrets."""
