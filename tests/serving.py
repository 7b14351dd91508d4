"""An HTTP server of a test's own, that answers while the test runs."""

import threading
from contextlib import contextmanager


@contextmanager
def serving(server):
    """Let a server answer in a thread of its own; closed at the end."""
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
