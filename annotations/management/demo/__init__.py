"""Fills a site with the demonstration collection, through the same actions as people use."""
