"""Signboard: a live board that a whole family meeting shares. Start with board/, then room.py, then socket.py."""
