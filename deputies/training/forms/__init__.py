"""The forms of training (培训表单)."""
