"""What does the organisation's practice say about a case? Pure functions and tables; no database, no Django."""
