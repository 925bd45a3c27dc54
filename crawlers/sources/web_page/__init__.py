"""The source web_page."""
