"""What is inside a .docx (ECMA-376): parts, styles, numbering, text in reading order. `rules/word.py` is the door."""
