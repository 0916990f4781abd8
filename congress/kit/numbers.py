"""Numbers of rows as an address or a form names them: whatever else was typed names none (编号)."""

LARGEST = 2**63 - 1  # what the database calls a number


def row_numbers(texts):
    """The numbers among these texts."""
    numbers = (int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 20)
    return [number for number in numbers if number <= LARGEST]
