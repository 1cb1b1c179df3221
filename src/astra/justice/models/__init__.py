"""The tables of the justice room: coded facts only. Words are sealed sections of the records they point to."""
