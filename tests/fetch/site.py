"""A small web site on loopback for the tests of `kg fetch`: pages, a feed, a sitemap, redirects, faults; it writes down what it is asked."""

import gzip
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<html><head><title>Tin {0} của tỉnh Lạc Hà mẫu</title></head><body><h1>Tin {0} của tỉnh Lạc Hà mẫu</h1><p>{1}</p></body></html>"
ORDER = "Chủ tịch UBND tỉnh Lò Văn Mẫu yêu cầu Sở Y tế báo cáo trước ngày 10/4/2023 về công tác phòng, chống dịch trên địa bàn tỉnh."


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Nothing is printed."""

    def do_GET(self):
        site = self.server.site
        site.asked.append((self.path, dict(self.headers), time.monotonic()))
        status, headers, body = site.answer(self.path, self.headers)
        if body is None:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for at in range(0, len(body), 8192):
            self.wfile.write(body[at : at + 8192])
            if "slow" in self.path:
                time.sleep(0.3)


class Site:
    """`asked` are (path, headers, moment) of each request; `busy` counts how often `/busy.html` still refuses."""

    def __init__(self):
        self.asked = []
        self.busy = 1
        self.version = 1
        self.robots = "User-agent: *\nDisallow: /cam/\n"
        self.base = ""

    def paths(self):
        return [path for path, _, _ in self.asked]

    def answer(self, path, headers):
        html = {"Content-Type": "text/html; charset=utf-8"}
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, self.robots.encode()
        if path == "/feed.rss":
            items = "".join(f"<item><title>Tin {n}</title><link>{self.base}/tin-{n}.html</link></item>" for n in (1, 2))
            return (
                200,
                {"Content-Type": "application/rss+xml"},
                f"<rss version='2.0'><channel>{items}</channel></rss>".encode(),
            )
        if path == "/sitemap.xml":
            locs = "".join(f"<url><loc>{self.base}/tin-{n}.html</loc></url>" for n in (2, 3))
            body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}</urlset>".encode()
            return 200, {"Content-Type": "application/xml", "Content-Encoding": "gzip"}, gzip.compress(body)
        if path.startswith("/tin-"):
            tag = f'"{path}-{self.version}"'
            if headers.get("If-None-Match") == tag:
                return 304, {"ETag": tag}, b""
            return 200, {**html, "ETag": tag}, PAGE.format(path[5], ORDER).encode()
        if path == "/chuyen.html":
            return 301, {"Location": "/tin-9.html"}, b""
        if path == "/vong.html":
            return 302, {"Location": "/vong.html?x"}, b""
        if path.startswith("/vong.html?"):
            return 302, {"Location": f"{path}x"}, b""
        if path == "/noi-bo.html":
            return 302, {"Location": "http://10.0.0.7/mat"}, b""
        if path == "/busy.html":
            self.busy -= 1
            return (503, {"Retry-After": "0"}, b"") if self.busy >= 0 else (200, html, PAGE.format("b", ORDER).encode())
        if path == "/lon.html" or path == "/slow.html":
            return 200, html, b"x" * 200_000
        if path == "/gay.html":
            return 200, html, None
        return 404, html, b"none"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that hangs up, or refuses the certificate, is what some tests are about."""


@contextmanager
def running(tls=None, host="127.0.0.1"):
    """Give a site that answers on a free port of loopback; `tls` is the server's context, `host` the name in its addresses."""
    site = Site()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.site = site
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.base = f"http{'s' if tls else ''}://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
