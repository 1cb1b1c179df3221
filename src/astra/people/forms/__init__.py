"""What does one type about people? Forms check the form of it; services decide."""
