"""Safeguards: what the congress owes a deputy to do his work (履职保障; 代表法, the chapter of that name)."""
