"""The pages of the cases room: lists, one file, what is done in it, hand-over."""
