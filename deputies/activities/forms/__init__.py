"""The forms of activities: planning, calling, steps, answers."""
