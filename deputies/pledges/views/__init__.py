"""The pages of plans, cards, contacts and township work."""
