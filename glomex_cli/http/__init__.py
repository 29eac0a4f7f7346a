"""Bytes to a service and back, over HTTP: the only importer of httpx.

Knows no GraphQL. httpx has had no release since 2024 while its fork httpx2 lives on with the
same interface: a change of library stays inside this folder.
"""
