"""Talks. IMAP, SMTP, the clock and the command line; calls in order and decides nothing."""

__version__ = "0.1.0"
