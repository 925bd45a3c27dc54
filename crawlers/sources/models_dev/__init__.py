"""The source models_dev."""
