"""Behind `rules/copies.py`: prints of texts and the passages that two of them share."""
