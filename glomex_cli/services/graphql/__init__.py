"""GraphQL over HTTP: documents out, answers and rows in. Knows no operation by name."""
