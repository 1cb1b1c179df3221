"""How are people compared whose names nobody may see? Keyed filters and their kernels."""
