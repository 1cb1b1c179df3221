"""What was probably meant? Spoilt letters, scripts, spellings, names, dates, numbers, places and descriptions read."""
