"""How a crawl fetches: guarded, polite, bounded."""
