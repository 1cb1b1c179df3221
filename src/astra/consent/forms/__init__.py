"""What does one type about consent? Forms check the form of it; services decide."""
