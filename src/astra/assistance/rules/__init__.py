"""What is right in the assistance room, without a database."""
