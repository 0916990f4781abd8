"""Deputies: who they are and what they do (代表)."""
