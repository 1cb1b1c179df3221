"""Do we know this person? Names of many spellings, partial dates and descriptions, compared and explained."""
