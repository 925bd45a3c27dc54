"""`kb audit`: facts shown beside their sources, readers asked, results told."""
