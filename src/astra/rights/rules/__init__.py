"""What may be shown where, and by when must a request be answered? Pure."""
