"""The pages of the assessment: lists, rating many, one sheet, the phone, methods, lists for awards (考评的页面)."""
