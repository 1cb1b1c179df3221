"""The survivor as the owner of her data: her own desk, her requests, and their clock."""
