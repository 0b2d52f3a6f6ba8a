"""The embedded broker: kombu's filesystem transport, with every file written whole before it can be seen.

kombu opens a message's file under its final name and then fills it, so a reader can find it empty, and an empty message
ends the worker (celery/kombu issue 1551). Here a file is written under another name and renamed.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


def _write_whole(path: Path, content: str) -> None:
    draft = path.with_name(f"{path.name}.{uuid.uuid4()}.draft")
    draft.write_text(content, encoding="utf-8")
    draft.replace(path)


class Channel(filesystem.Channel):
    """Differs from kombu's only in how files come to be."""

    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ARG002 (kombu's own two classes disagree on the names)
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        bound = self.get_table(exchange)
        if binding not in bound:
            _write_whole(self._exchange_file(exchange), dumps([binding, *bound]))


class Transport(filesystem.Transport):
    """Named in `celeryconfig` for brokers of the kind `filesystem://`."""

    Channel = Channel
