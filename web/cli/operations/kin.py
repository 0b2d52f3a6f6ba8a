"""A program that does not outlive the one that started it: `python -m web.cli.operations.kin MODULE ARGUMENTS…`.

Whoever starts it holds the other end of its standard input. When that end is closed, however its holder ended, this
program and everything it has started are asked to stop, and made to stop if they do not.
"""

import os
import runpy
import signal
import sys
import threading
import time

_GRACE_SECONDS = 8


def _stop_with_the_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)  # whatever is still there by then does not listen
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    os.umask(0o077)
    threading.Thread(target=_stop_with_the_parent, daemon=True).start()
    module, *arguments = sys.argv[1:]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
