"""The pages of people: finding somebody, her file, and what changes in it."""
