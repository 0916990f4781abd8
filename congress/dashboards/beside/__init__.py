"""What waits in the rooms beside the docket: leave, claims, opinions, the organiser's list (其他待办)."""

from congress.dashboards.beside.errands import errands_beside
from congress.dashboards.beside.lines import REPEATING, rows_beside, works_of_deputy

__all__ = ["REPEATING", "errands_beside", "rows_beside", "works_of_deputy"]
