"""Mux Data: its reports over HTTP paths, beside the Glomex service and unknown to it."""
