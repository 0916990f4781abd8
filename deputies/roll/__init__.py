"""Who sits: deputies, mandates, delegations and groups (名册)."""
