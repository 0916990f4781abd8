"""The pages of training (培训页面)."""
