"""The ledger of what replies promised, kept in view until it is kept (承诺台账)."""
