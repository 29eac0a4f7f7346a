"""Services as the documentation also allows them: another schema, other forms and manners.

Each is a `Variant` record, served by `app.create_variant_app` with the figures and accounts of
the sandbox. Those offered to users are in `offered.OFFERED`.
"""
