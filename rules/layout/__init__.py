"""The layout of a formal document: read from its .docx, held against a profile (GB/T 9704-2012), told in few lines."""
