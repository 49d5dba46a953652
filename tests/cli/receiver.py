# receiver.py: somebody who is told of runs over HTTP, in whatever mood
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on a port of loopback. What it answers is a function of the request, so that a test can
have it be slow, refuse, lie or hang."""

import gzip
import http.server
import json
import socket
import threading


class Request:
    def __init__(self, path, headers, body):
        self.path = path
        self.headers = headers  # names in small letters
        self.raw = body
        self.body = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body

    def json(self):
        return json.loads(self.body, object_pairs_hook=refuse_twice)


def refuse_twice(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"a key is there twice: {keys}"
    return dict(pairs)


class Receiver:
    def __init__(self, answer=lambda request: (200, {}, b"{}")):
        """`answer` gives status, headers and body; or None: then the connection hangs until the
        receiver is closed."""
        self.requests = []
        self.answer = answer
        self.changed = threading.Condition()
        self.closing = threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                receiver.handle(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def handle(self, handler):
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = handler.rfile.read(int(headers.get("content-length", 0)))
        request = Request(handler.path, headers, body)
        with self.changed:
            self.requests.append(request)
            self.changed.notify_all()
        reply = self.answer(request)
        if reply is None:
            self.closing.wait()
            return
        status, more, content = reply
        try:
            handler.send_response(status)
            for name, value in more.items():
                handler.send_header(name, value)
            if "Content-Length" not in more and "Transfer-Encoding" not in more:
                handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)
        except OSError:
            pass

    def of(self, path):
        return [request for request in self.requests if request.path == path]

    def spans(self):
        """All spans, in the order in which they came."""
        return [span for request in self.of("/v1/traces") for group in request.json()["resourceSpans"]
                for scope in group["scopeSpans"] for span in scope["spans"]]

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def refusing_url():
    """One where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"
