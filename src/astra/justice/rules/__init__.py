"""The rules of the justice room: pure functions over values."""
