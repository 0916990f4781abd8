"""Numbers of rows as an address or a form names them: whatever else was typed names none (编号)."""

from functools import wraps

from django.core.exceptions import ValidationError

LARGEST = 2**63 - 1  # what the database calls a number


def row_number(text):
    """The number that a text names, or None."""
    return next(iter(row_numbers([text or ""])), None)


def asked_number(text):
    """The same as the address has it, or nothing; for a condition that the next address repeats."""
    return text if row_number(text) is not None else ""


def asked_year(text, *, default):
    """The year of this century that an address names."""
    found = row_number(text)
    return found if found and 2000 <= found <= 2100 else default


def row_numbers(texts):
    """The numbers among these texts."""
    numbers = (int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 20)
    return [number for number in numbers if number <= LARGEST]


def shown_versions(texts):
    """{number: version} of the rows that a page showed, each posted as number:version."""
    pairs = (row_numbers(text.split(":")) for text in texts if text.count(":") == 1)
    return dict(pair for pair in pairs if len(pair) == 2)


def within_the_database(check):
    """The check of a field of several rows, to which a number larger than any row's is one more that is not there."""

    @wraps(check)
    def checked(field, values):
        try:
            return check(field, values)
        except OverflowError:
            wrong = {"value": max(values, key=len)}
            words = field.error_messages["invalid_choice"]
            raise ValidationError(words, code="invalid_choice", params=wrong) from None

    return checked
