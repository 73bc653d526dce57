"""The commands of IMAP that the inbox is made of, one family per file. `mailbot/inbox.py` is the door."""
