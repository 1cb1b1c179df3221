"""The pages of the front door itself: my day, the log, what is kept, the language of the pages."""
