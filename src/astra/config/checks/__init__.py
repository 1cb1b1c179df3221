"""What must hold of the tree and of the machine? One module per question, read by `make check` and `astra doctor`."""
