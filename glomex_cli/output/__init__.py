"""Reports as text: table, JSON, NDJSON, CSV, TSV, Markdown. Pure, streaming; knows no console."""
