"""The pages of activities, by who works on them."""
