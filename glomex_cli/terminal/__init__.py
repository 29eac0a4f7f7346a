"""The terminal: streams, screen, prompts, live redrawing, and text made safe to show."""
