"""Deputies report to their voters and are evaluated by them (述职)."""
