"""The rules of the research room: pure functions over coded rows."""
