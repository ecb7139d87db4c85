"""What is drawn by chance and read by people and programs: ids of things, and the codes of meetings."""

from __future__ import annotations

import secrets
from typing import Final

from .board.order import DIGITS

CODE_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ2345679"
"""Thirty signs that nobody mixes up when read aloud or off a wall."""
CODE_LENGTH: Final = 8


def new_id() -> str:
    """A fresh id: 16 of a-z and 0-9."""
    return "".join(secrets.choice(DIGITS) for _ in range(16))


def new_code() -> str:
    """A fresh meeting code: 8 of 30 signs, 39 bits."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def plain_code(typed: str) -> str:
    """A code as typed, without spaces, dashes and small letters."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
