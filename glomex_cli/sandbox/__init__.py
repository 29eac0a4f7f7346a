"""The Glomex service as its documents describe it, embedded: a WSGI app with made-up figures.

Nothing here may import from the rest of the package. Start at `app.create_app`; graphql-core is
imported only when an app is made.
"""
