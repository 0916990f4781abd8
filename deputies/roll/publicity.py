"""What everybody reads of a deputy besides name and photo (代表法 Art. 58): one answer for page, list and wall."""

from deputies.roll.models import Mandate

_questions = []


def posts_shown_by(question):
    """Say who shows more than the law does: `question(seats)` → ids of seats; called once by a higher room."""
    _questions.append(question)
    return question


def tell_posts(seats):
    """The same seats, each with `shows_post`: are post and constituency public.

    They are of whoever was elected directly; of whoever was elected indirectly where he shows them himself.
    """
    seats = list(seats)
    shown = {pk for question in _questions for pk in question(seats)}
    for seat in seats:
        seat.shows_post = seat.election == Mandate.Election.DIRECT or seat.pk in shown
    return seats
