"""What may be meant by what was heard, and what may follow from it? Pure; nothing here decides about anybody."""
