"""What becomes due by itself: each kind of work by name, done by beat or by hand in the same words (到期事务)."""

from collections.abc import Callable
from dataclasses import dataclass

from celery import shared_task
from django.utils import timezone


@dataclass(frozen=True)
class DueWork:
    """One kind of work that time brings; running it twice at the same instant makes nothing the second time."""

    name: str
    order: int
    run: Callable  # run(at=instant) → how many it made


_works = {}


def due_work(name, *, order=50):
    """Register, in a room's tasks.py, `function(*, at) → how many`; beat calls it by name through the worker.

    Work of a lower order goes first when all is run by hand; what tells of other work goes last.
    """

    def register(function):
        _works[name] = DueWork(name, order, function)

        @shared_task(name=name, ignore_result=True)
        def run():
            function(at=timezone.now())

        return function

    return register


def all_due_work():
    return sorted(_works.values(), key=lambda each: (each.order, each.name))


def carry_out(*, at):
    """Do once what beat would do: {name: how many it made}."""
    return {work.name: work.run(at=at) for work in all_due_work()}
