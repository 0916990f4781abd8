"""Promises for tests, made as they are made: by a reply that promises (承诺)."""

from suggestions.promises.models import Promise
from tests.factories.docket import SuggestionFactory

# The reply of the factory is sent on 2026-05-21 and promises one thing by 2026-10-31.


def promise_of(case):
    return Promise.objects.select_related("organ", "congress", "suggestion").get(suggestion=case)


def promised(congress, **fields):
    """The promise in the reply of a new case."""
    return promise_of(SuggestionFactory(congress=congress, replied=True, **fields))
