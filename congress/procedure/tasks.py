"""What the worker does for the steps (程序)."""

from congress.procedure import once
from congress.procedure.duework import due_work


@due_work("procedure.forget_requests")
def forget_requests(*, at):
    """How many requests were forgotten that made something long ago."""
    return once.forget(at=at)
