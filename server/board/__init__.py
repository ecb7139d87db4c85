"""The board, pure: what may happen (check), what then is true (apply), who may see it (sight). No clock, chance,
I/O."""
