"""A file that must not leak, and a server that must not be asked."""

import http.server
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # its corpus is made of several modules


@pytest.fixture(scope="session")
def listener():
    """Address of a server on the loopback, and the list of paths asked from it."""
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - the name is that of the library
        do_POST = do_GET  # noqa: N815 - the same

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def canary(tmp_path_factory):
    """Path of a table whose content must never come back."""
    path = tmp_path_factory.mktemp("secret") / "canary.csv"
    path.write_text("secret,X,Y\nCANARY-80021,2.3,49.9\n", encoding="utf-8")
    return path
