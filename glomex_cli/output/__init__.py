"""Reports written as text: table, JSON, NDJSON, CSV, TSV, Markdown. Pure and streaming."""
