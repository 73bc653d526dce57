"""The commands, grouped. `mailbot/cli.py` is the door."""
