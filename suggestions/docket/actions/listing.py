"""What leaves the docket in numbers is noted (导出留痕)."""

from congress.procedure import journal


def note_export(congress, *, count, by, address=""):
    """Put down that somebody took a list out of the portal: how many cases, and by which conditions."""
    return journal.record(
        congress,
        "docket.export",
        by=by,
        congress=congress,
        facts={"who": by.name, "count": count, "conditions": address},
    )
