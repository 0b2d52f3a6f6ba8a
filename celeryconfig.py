"""How Celery is set up: a doorbell. No result backend, no ETA, no state worth keeping in the broker."""

import os

from config.settings import load_settings

os.umask(0o077)
_settings = load_settings()
_filesystem = _settings.broker_url.startswith("filesystem")
_queue = _settings.home / "queue"


def _folders() -> dict[str, object]:
    """The embedded broker: messages are files, polled for often enough that nobody waits."""
    for name in ("messages", "control"):
        (_queue / name).mkdir(parents=True, exist_ok=True)
    messages = str(_queue / "messages")
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "control_folder": str(_queue / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }


broker_url = _settings.broker_url
broker_transport = "tasks.folder_queue:Transport" if _filesystem else None
broker_transport_options = _folders() if _filesystem else {"socket_timeout": 10, "socket_connect_timeout": 5}
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
imports = ("tasks.app",)
task_ignore_result = True
task_default_queue = "recognition"
worker_prefetch_multiplier = 1
if _filesystem:
    # A child of a pool that is killed leaves the others waiting for a lock that it held: of folders, one process reads.
    worker_pool = "solo"
worker_send_task_events = False
worker_hijack_root_logger = False
worker_enable_remote_control = False
beat_schedule = {
    "tick": {"task": "recognition.tick", "schedule": 1.0, "options": {"expires": 5}},
    "retention": {"task": "recognition.retention", "schedule": 3600.0, "options": {"expires": 600}},
}
beat_max_loop_interval = 1
timezone = "UTC"
