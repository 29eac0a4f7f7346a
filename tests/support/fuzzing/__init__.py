"""Targets and inputs of the fuzzer."""
