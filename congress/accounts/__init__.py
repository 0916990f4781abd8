"""The people who sign in, and one robot (账号)."""
