"""The pages of the justice room, at the desk."""
