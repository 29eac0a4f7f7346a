"""The Mux Data API as its documents describe it, embedded: a WSGI app with made-up figures.

It stands alone, like the rest of the sandbox. Start at `app.create_app`.
"""
