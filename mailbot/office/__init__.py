"""What running LibreOffice takes: its settings, and the guard that limits it and clears up after it."""
