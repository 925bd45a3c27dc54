"""The source vendor_pages."""
