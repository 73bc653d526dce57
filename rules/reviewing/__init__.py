"""Behind `rules/review.py`: opinion blocks, statements and marks of drafts."""
