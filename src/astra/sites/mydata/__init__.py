"""What somebody sees of her own file, on any phone, behind the public door."""
