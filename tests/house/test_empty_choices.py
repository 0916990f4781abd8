"""A select that may stay empty says in Chinese what that means."""

from importlib import import_module

import pytest
from django import forms

from congress import urls

ROOMS = ("congress", "deputies", "liaison", "suggestions")
import_module(urls.__name__)  # with the pages come their forms


def _below(cls):
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)


def _empty_words(form):
    for name, field in getattr(form, "base_fields", {}).items():
        if isinstance(field, forms.ModelMultipleChoiceField):
            continue
        if isinstance(field, forms.ModelChoiceField):
            words = [] if field.empty_label is None else [field.empty_label]
        else:
            choices = getattr(field, "choices", ())
            words = [label for value, label in choices if value == ""]
        yield from ((name, str(each)) for each in words)


FORMS = sorted({each for each in _below(forms.BaseForm) if each.__module__.startswith(ROOMS)}, key=str)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_an_empty_choice_is_named(form):
    for name, words in _empty_words(form):
        assert words.strip("- "), name
