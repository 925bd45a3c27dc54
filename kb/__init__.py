"""As Claimed: what AI vendors say about their models, and what the released weights do."""

__version__ = "0.1.0"
