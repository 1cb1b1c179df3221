"""What do people type into files? Forms check the form of it; services decide."""
