"""How many, of what, in which year? Tables from coded facts alone: no name, no record, no word."""
