"""The embedded queue: a reader never sees half a message, however many write."""

from pathlib import Path
from threading import Thread

import pytest
from kombu.connection import Connection

_MESSAGES = 400


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
        "store_processed": False,
    }
    return Connection(transport="tasks.folder_queue:Transport", transport_options=options)


def test_a_reader_beside_three_writers_gets_every_message_whole(connection: Connection) -> None:
    def write(writer: int) -> None:
        with connection.clone() as mine, mine.SimpleQueue("doorbell") as queue:
            for number in range(_MESSAGES):
                queue.put({"writer": writer, "number": number})

    writers = [Thread(target=write, args=(writer,)) for writer in range(3)]
    with connection, connection.SimpleQueue("doorbell") as queue:
        for writer in writers:
            writer.start()
        received = []
        for _ in range(3 * _MESSAGES):
            message = queue.get(timeout=20)
            received.append((message.payload["writer"], message.payload["number"]))
            message.ack()
        for writer in writers:
            writer.join()
    assert sorted(received) == [(writer, number) for writer in range(3) for number in range(_MESSAGES)]
