"""Fetching pages politely into a WARC: robots.txt, one request a second a host, checked addresses, resumable."""
