"""The person's side: streams, screen, questions, text made safe to show."""
