"""The cockpit's figures from the standing tallies: the numbers of `figures`, without counting the cases (常备统计)."""

from dataclasses import dataclass

from congress.dashboards import figures
from congress.dashboards.figures import FIGURES, Row
from suggestions.docket import tallies
from suggestions.docket.tallies import LASTING
from suggestions.promises.figures import Keeping, keeping_of


@dataclass(frozen=True)
class Read:
    """What the cockpit shows of one congress, as the tallies or the cases themselves tell it."""

    counts: dict
    solved: figures.Share
    departments: list
    categories: list
    promises: Keeping


def read(congress, *, session=None, on):
    """From the tallies; from the cases while the tallies of this congress are not complete."""
    sums = tallies.of_congress(congress, session=session, on=on)
    if sums is None:
        return counted(congress, session=session, on=on)
    return Read(
        {code: _number(sums.whole, code) for code in FIGURES},
        _solved(sums.whole, figures.open_ended(congress, on)),
        _rows(sums.departments),
        _rows(sums.categories),
        _keeping(sums.whole),
    )


def counted(congress, *, session=None, on):
    """The same, counted from the cases."""
    departments, categories = figures.tables(congress, session=session, on=on)
    return Read(
        figures.counts(congress, session=session, on=on),
        figures.solved_asks(congress, session=session, on=on),
        departments,
        categories,
        keeping_of(congress, on=on),
    )


def _keeping(cell):
    """Of all sessions and terms, whichever session is read."""
    overdue = cell.past[f"{LASTING}owed"]
    ahead = cell[f"{LASTING}owed"] - overdue + cell[f"{LASTING}reported"]
    return Keeping(cell[f"{LASTING}kept"], cell[f"{LASTING}kept_late"], ahead, overdue)


_BY_DAY = {
    "due": lambda cell: cell["on_time"] + cell["late"] + cell.past["owed"],
    "late": lambda cell: cell["late"] + cell.past["owed"],
    "overdue": lambda cell: cell.past["running"],
    "answered": lambda cell: cell["rated"],
}


def _number(cell, code):
    return _BY_DAY[code](cell) if code in _BY_DAY else cell[code]


def _solved(cell, open_ended):
    answers = {code.partition(":")[2]: number for code, number in cell.items() if code.startswith("answer:")}
    done = sum(number for code, number in answers.items() if code not in open_ended)
    return figures.solved(done, sum(answers.values()))


def _rows(cells):
    rows = [
        Row(
            pk,
            cell.name,
            satisfied=cell["result_satisfied"],
            **{code: _number(cell, code) for code in ("assigned", "replied", "due", "on_time", "overdue", "answered")},
        )
        for pk, cell in cells.items()
        if cell["assigned"]
    ]
    return sorted(rows, key=lambda row: (-row.assigned, row.pk))
