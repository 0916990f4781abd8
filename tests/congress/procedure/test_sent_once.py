"""A form that makes one thing: sent twice it is the same, with other words after going back it is another."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from congress.procedure.forms import SentOnceForm


class Note(SentOnceForm):
    text = forms.CharField()
    paper = forms.FileField(required=False)


def key(sent, *files):
    form = Note(QueryDict(sent), MultiValueDict({"paper": list(files)} if files else {}))
    assert form.is_valid()
    return form.cleaned_data["request_key"]


def paper(content=b"x", name="a.pdf"):
    return SimpleUploadedFile(name, content)


def test_the_same_form_sent_twice_is_the_same():
    assert key("request_key=k&text=a") == key("request_key=k&text=a")
    assert key("request_key=k&text=a", paper()) == key("request_key=k&text=a", paper())


def test_a_token_that_was_renewed_and_a_version_that_went_on_change_nothing():
    assert key("request_key=k&text=a&csrfmiddlewaretoken=1&version=3") == key("text=a&request_key=k&version=4")


def test_other_words_another_paper_or_another_form_are_another_thing():
    ways = [
        key("request_key=k&text=a"),
        key("request_key=k&text=b"),
        key("request_key=l&text=a"),
        key("request_key=k&text=a", paper()),
        key("request_key=k&text=a", paper(b"xy")),
        key("request_key=k&text=a", paper(name="b.pdf")),
    ]
    assert len(set(ways)) == len(ways)


def test_a_form_without_a_key_is_never_the_same_as_another():
    assert key("text=a") == ""
