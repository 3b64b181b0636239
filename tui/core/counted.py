"""Counts with their nouns, for messages."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural unless it is 1: ``1 bullet``, ``1,200 bullets``."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
