"""The verbs of training: plan, hold, send, ask, mark, rank (培训的办理)."""
