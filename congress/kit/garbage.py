"""How often a process that serves pages looks for garbage (垃圾回收)."""

import gc

ALLOCATED = 50_000  # objects until it looks: a page makes some thousands, and of most of them nothing is left after it


def settle():
    """Called once all is loaded: what is there stays, so no collection need ever look through it again."""
    gc.freeze()
    gc.set_threshold(ALLOCATED, *gc.get_threshold()[1:])
