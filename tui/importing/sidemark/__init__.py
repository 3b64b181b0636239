"""Sidecars of Sidemark, the Markdown Review Sidecar Format 1.0: their comments, and the words they are on."""
