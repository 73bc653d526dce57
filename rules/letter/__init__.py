"""One kind of letter, or one part of it, per file: which, to whom, with which facts. `rules/letters.py` is the door."""
