"""Pages written once for all rooms: a step, and the bringing in of a table."""

from congress.procedure.views.steps import StepView, add_errors

__all__ = ["StepView", "add_errors"]
