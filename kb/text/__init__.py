"""Characters and their places: trees, blocks of HTML and Markdown, marked text, sentences."""
