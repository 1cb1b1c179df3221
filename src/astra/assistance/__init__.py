"""The plan made with the person, the services given, and the way to a life of one's own."""
