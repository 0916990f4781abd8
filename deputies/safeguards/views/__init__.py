"""The pages of this room: help on the phone and at the office (履职保障)."""
