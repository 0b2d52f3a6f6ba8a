"""The pages as a program: `python -m web.serve --port 8000`. One process, several threads, many connections.

Waitress reads a request whole before a thread takes it, and lets a thread go before the answer has been read. So two
hundred clients that send a byte a second cost two hundred sockets, and not one thread.
"""

import argparse
import gc
import logging
import os
from typing import Any

import waitress
from flask import Flask
from waitress.server import BaseWSGIServer
from werkzeug.middleware.proxy_fix import ProxyFix

from web import error_pages
from web.access import UPLOAD_BYTES
from web.app_state import here
from web.application import create_app
from web.wire.connection import connecting
from web.wire.turns import Turns
from workflow.queries.outlines import outlines_of

_log = logging.getLogger(__name__)
_THREADS = 8
#: Each takes up to three open files, and most systems give a program 1,024.
_CONNECTIONS = 300
#: How long a connection may be silent, in seconds.
_IDLE = 20
#: Of all headers together; browsers send two thousand.
_HEAD_BYTES = 65_536
_OVER = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m web.serve", description="Serves the pages until it is stopped.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--threads", type=int, default=_THREADS, help=f"how many requests at once ({_THREADS})")
    parser.add_argument("--behind-proxy", action="store_true", help="trust X-Forwarded-For and -Proto of one proxy")
    asked = parser.parse_args()
    os.umask(0o077)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = create_app()
    with app.app_context(), here().store.reading() as session:
        for sentence in outlines_of(session).warnings():
            _log.error("%s", sentence)
        answers_at_once = session.get_bind().dialect.name == "sqlite"
    if answers_at_once:  # Of a server one waits for answers, and others had better go on meanwhile.
        app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[method-assign] # as Flask says
    if asked.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign] # as Flask says
    server = listening(
        app, asked.host, asked.port, threads=asked.threads, clear_untrusted_proxy_headers=not asked.behind_proxy
    )
    # What is there by now stays for good: to look through all of it for what nobody has any more would hold up answers.
    gc.collect()
    gc.freeze()
    server.print_listen("Serving on http://{}:{}")
    server.run()


def listening(app: Flask, host: str, port: int, **settings: Any) -> Any:
    """Waitress, listening; it serves once it is told to run. `settings` are its own, beside those that never change."""
    server = waitress.create_server(
        app,
        host=host,
        port=port,
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE,
        cleanup_interval=_IDLE // 2,
        asyncore_use_poll=True,
        max_request_header_size=_HEAD_BYTES,
        max_request_body_size=UPLOAD_BYTES + _OVER,
        ident=None,
        **{"threads": _THREADS} | settings,
    )
    channel = connecting(error_pages.ready_made(app))
    for one in (server, *getattr(server, "map", {}).values()):  # a name may stand for several addresses
        if isinstance(one, BaseWSGIServer):
            one.channel_class = channel
    return server


if __name__ == "__main__":
    main()
