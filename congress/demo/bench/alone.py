"""One piece of work in a process of its own, which says how long it took and how large it grew.

Only the module of the piece is loaded, so that the memory measured is that of a worker that does it.
"""

import json
import resource
import sys
import time
from importlib import import_module

import django


def main(module, name):
    django.setup()
    piece = import_module(f"congress.demo.bench.{module}").PIECES[name]
    idle, start = _megabytes(), time.perf_counter()
    made = piece()
    told = {"seconds": time.perf_counter() - start} | made | {"megabytes": _megabytes(), "idle_megabytes": idle}
    sys.stdout.write(json.dumps(told))


def _megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
