"""An embedded mail server, an invented college, its mail and a fast clock: the main job, shown on any machine."""
