"""Serves the calling service and its provider-states endpoint: `python3 server.py`. Standard library only."""

import json
import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from service import CallingService, Refusal
from states import answer_state

# The permission of each token. A real service checks the tokens of its issuer instead.
TOKENS = {"bot-that-may-invite": "invite", "bot-that-may-not": "nothing", "somebody": "nothing"}
INVITE = re.compile(r"/v1\.0/communications/calls/([^/]+)/participants/invite")

service = CallingService()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The headers and the body are two writes; with Nagle's algorithm the second would wait for a TCP acknowledgement.
    disable_nagle_algorithm = True

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answered = threading.Event()
        try:
            status, body, headers = self.answer(raw, answered)
        except Refusal as refusal:
            status, headers = refusal.status, {}
            body = {"error": {"code": refusal.code, "message": str(refusal)}}
        self.send(status, body, headers)
        answered.set()

    def answer(self, raw, answered):
        # The service ignores a query, for example one with a token.
        path = self.path.partition("?")[0]
        if path == "/provider-states" and os.environ.get("APP_ENV") != "production":
            return *answer_state(service, self.parse(raw)), {}
        match = INVITE.fullmatch(path)
        if match is None:
            raise Refusal(404, "NotFound", "The path is unknown.")
        self.authorize()
        if self.headers.get_content_type() != "application/json":
            raise Refusal(415, "UnsupportedMediaType", "The body must be application/json.")
        operation, location = service.invite(match[1], self.parse(raw), answered)
        return 200, operation, {"Location": location}

    def authorize(self):
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        if scheme != "Bearer" or token not in TOKENS:
            raise Refusal(401, "InvalidAuthenticationToken", "The request needs a valid bearer token.")
        if TOKENS[token] != "invite":
            raise Refusal(403, "Forbidden", "The token does not permit invitations.")

    def parse(self, raw):
        try:
            return json.loads(raw, parse_constant=self.no_constant)
        except (ValueError, RecursionError):
            raise Refusal(400, "BadRequest", "The body is not JSON.") from None

    def no_constant(self, name):
        # Python accepts NaN and Infinity, which are not JSON.
        raise ValueError(f"{name} is not JSON")

    def send(self, status, body, headers):
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(content), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Handler)
    print(f"listening on http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
