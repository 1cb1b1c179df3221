"""What does the room write? Only that somebody took figures with her."""

from astra.research.services.taking import note_table_taken

__all__ = ["note_table_taken"]
