"""The pages of working here: entering, the visit, one's own account, colleagues."""
