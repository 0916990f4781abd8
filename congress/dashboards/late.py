"""The rows of what is late, on desk and cockpit: whose turn it is, and what he has to do (已超期)."""

from congress.rulebook.codes import code_of

COLUMNS = ("pk", "printed_number", "title", "holder__short_name", "holder__name", "due_on", "due_rule")


def late_rows(rows):
    """Each row with `who` and `what`; where no organ holds the case, the deputy does whom the reader may know."""
    return [
        row | {"who": _who(row), "what": code_of(row["due_rule"]).demand if row["due_rule"] else ""} for row in rows
    ]


def _who(row):
    return row["holder__short_name"] or row["holder__name"] or row.get("proposer", "")
