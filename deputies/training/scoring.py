"""Marking a paper: plain lists in, plain numbers out (阅卷).

An answer is right when exactly the right choices are marked; half a right answer earns nothing. Every question
weighs the same, and a paper is worth a hundred points, rounded to one decimal.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FULL = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Marked:
    """What a paper came to."""

    correct: int
    points: Decimal
    is_passed: bool


def draw(questions, count, *, chance):
    """So many questions in random order, as they are asked; `chance` is a random.Random."""
    return [as_asked(each) for each in chance.sample(list(questions), min(count, len(questions)))]


def as_asked(question):
    """A question as it stands on a paper."""
    return {
        "id": question.pk,
        "kind": question.kind,
        "text": question.text,
        "choices": list(question.choices),
        "answer": sorted(question.answer),
        "explanation": question.explanation,
    }


def is_right(asked, given):
    """Whether exactly the right choices were marked, in whatever order."""
    return bool(given) and sorted(set(given)) == sorted(set(asked["answer"]))


def points_of(correct, total):
    """The points of so many right answers among so many questions."""
    return (FULL * correct / total).quantize(_TENTH, ROUND_HALF_UP) if total else Decimal("0.0")


def mark(paper, answers, *, pass_mark):
    """Mark a paper; `answers` are lists of places, one a question, an empty list where nothing was marked."""
    correct = sum(is_right(asked, given) for asked, given in zip(paper, answers, strict=False))
    points = points_of(correct, len(paper))
    return Marked(correct, points, points >= pass_mark)


def as_given(paper, chosen):
    """The answers of a form, {place of the question: places of the choices}, made fit to be kept with the paper."""
    return [
        sorted({place for place in chosen.get(number, ()) if 0 <= place < len(asked["choices"])})
        for number, asked in enumerate(paper)
    ]
