"""What a label stands for: a column, a row, a key before a colon."""
