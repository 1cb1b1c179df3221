"""The commands that belong to the installation as a whole: set-up, doctor, serve and its children."""
