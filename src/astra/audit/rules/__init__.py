"""What makes a log that cannot be changed unseen? Tree, leaf, signed notes, proofs and search filters, all pure."""
