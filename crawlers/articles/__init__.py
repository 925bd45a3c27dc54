"""What vendors' pages and press have in common: finding articles, reading one."""
