"""Sparklines."""
