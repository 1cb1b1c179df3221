"""What does one type about organisations? Forms check the form of it; services decide."""
