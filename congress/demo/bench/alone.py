"""One piece of work in a process of its own, which says how long it took and how large it grew.

Only the module of the piece is loaded, so that the memory measured is that of a worker that does it.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path

import django


def main(module, name):
    django.setup()
    piece = import_module(f"congress.demo.bench.{module}").PIECES[name]
    idle, start = _megabytes(), time.perf_counter()
    made = piece()
    told = {"seconds": time.perf_counter() - start} | made | {"megabytes": _megabytes(), "idle_megabytes": idle}
    sys.stdout.write(json.dumps(told))


def _megabytes():
    """The most that this process was in memory; what `getrusage` tells began with the process that started it."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(*sys.argv[1:])
