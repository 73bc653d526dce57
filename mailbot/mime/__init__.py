"""MIME as it really arrives: headers, parts, text, HTML, zip names. `mailbot/parse.py` is the door."""
