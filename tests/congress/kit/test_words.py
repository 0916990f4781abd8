"""Words of an address reach the database only as it can hold them."""

import pytest

from congress.kit.words import asked_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, ""),
        ("", ""),
        (" 路灯 ", "路灯"),
        ("路\0灯\0", "路灯"),
        ("\0 路灯", "路灯"),
        ("\0", ""),
        ("灯" * 61, "灯" * 60),
    ],
)
def test_words_are_trimmed_short_and_without_nul(text, words):
    assert asked_words(text) == words


def test_a_room_may_allow_longer_words():
    assert asked_words("灯" * 101, most=100) == "灯" * 100
