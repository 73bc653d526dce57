"""The grammar of unit names: words, forms, guesses. `rules/names.py` reads with it."""
