"""The pages of the 台账, row by row. `rules/tracking.py` puts them together."""
