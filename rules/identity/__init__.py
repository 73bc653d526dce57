"""Behind `rules/identify.py`: what speaks for which unit."""
