"""The source huggingface."""
