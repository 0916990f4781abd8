"""Hours of stations for tests (开放安排)."""

from datetime import time


def every(pattern, number, starts=time(9), ends=time(11), on_rest="move"):
    return {"pattern": pattern, "number": number, "starts": starts, "ends": ends, "on_rest": on_rest}


def opening_form(**fields):
    """What the browser sends from an empty form, with these fields filled in."""
    counts = {"open": 2, "except": 3}
    sent = {"remark": ""}
    for prefix, count in counts.items():
        sent |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": 0}
    return sent | fields
