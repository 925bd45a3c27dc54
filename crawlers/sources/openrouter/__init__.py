"""The source openrouter."""
