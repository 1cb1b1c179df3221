"""The tables of the identification room: coded facts only. Words are sealed sections of the records they point to."""
