"""Commands that read files and store nothing."""
