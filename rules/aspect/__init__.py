"""Behind `rules/aspects.py`: headings, outline and running text of a report, and what they say of an aspect."""
