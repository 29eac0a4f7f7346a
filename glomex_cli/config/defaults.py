"""What holds where neither option, environment nor profile says anything. Imports nothing."""

DEFAULT_ENDPOINT = "https://graphql.glomex.com/v1"
MUX_ENDPOINT = "https://api.mux.com"
DEFAULT_PROFILE = "default"
DEFAULT_TIMEOUT_S = 30.0
