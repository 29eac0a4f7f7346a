"""The Glomex GraphQL API."""
