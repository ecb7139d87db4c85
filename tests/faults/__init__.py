"""Faults of every kind against real servers, and a checker that says whether anything was lost, doubled or turned
round. `python -m tests.faults --help`."""
