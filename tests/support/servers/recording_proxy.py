"""An HTTP proxy for the server with faults: it opens tunnels and keeps what went through them."""

import selectors
import socket

from support.servers.fault_server import Peer

_POLL_S = 0.05


class Tunnel:
    """A script that answers CONNECT (RFC 9110, section 9.3.6); `carried` is all clients sent."""

    def __init__(self) -> None:
        self.carried = b""

    def __call__(self, peer: Peer) -> None:
        """Carry bytes both ways until one side ends."""
        host, port = peer.request.target.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=5) as far:
            peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            while not peer.stopping.is_set() and self._carry(peer.line, far):
                pass

    def _carry(self, near: socket.socket, far: socket.socket) -> bool:
        """Carry what there is; False once a side has ended."""
        with selectors.DefaultSelector() as ready:
            ready.register(near, selectors.EVENT_READ, (near, far))
            ready.register(far, selectors.EVENT_READ, (far, near))
            for key, _ in ready.select(_POLL_S):
                source, target = key.data
                data = source.recv(64 * 1024)
                if source is near:
                    self.carried += data
                target.sendall(data)
                if not data:
                    return False
        return True
