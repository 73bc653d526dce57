"""Remembers. Knows the database, the disk and the nouns of `rules`; decides nothing and sends nothing."""
