"""Running periods on any case and their ledger (期限)."""
