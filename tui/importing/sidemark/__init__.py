"""Sidemark sidecars, the Markdown Review Sidecar Format 1.0: comments, and the words they are on."""
