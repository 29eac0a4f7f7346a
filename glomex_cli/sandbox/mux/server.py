"""The Mux sandbox over HTTP on loopback: its API begins at the root of the server."""

from wsgiref.types import WSGIApplication

from glomex_cli.sandbox.app import PATH
from glomex_cli.sandbox.server import SandboxServer


class MuxSandboxServer(SandboxServer):
    """A bound server, used as the sandbox's other one is: `run`, or a `with` block."""

    @property
    def url(self) -> str:
        """Return where it answers, such as `http://127.0.0.1:8080`."""
        return super().url.removesuffix(PATH)


def serve(app: WSGIApplication, *, port: int = 0) -> MuxSandboxServer:
    """Bind `app` to a port of 127.0.0.1; 0 takes a free one. Raises OSError if it is taken."""
    return MuxSandboxServer(app, port)
