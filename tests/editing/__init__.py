"""Notes that are edited as their author would, and the truth about which entry is which."""
