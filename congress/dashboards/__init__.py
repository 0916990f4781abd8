"""Desks per role, the cockpit and figures across rooms (工作台)."""
