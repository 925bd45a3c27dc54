"""What a crawl is asked to bring in, as plain data; nothing here imports Scrapy."""
