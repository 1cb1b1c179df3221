"""Which rules does the assistance room have? Pure functions: no Django."""
