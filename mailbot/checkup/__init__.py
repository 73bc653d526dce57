"""What `mailbot doctor` looks at, one part of the set-up per file. `mailbot/doctor.py` runs them."""
