"""What the pages read: one SQLite file made from a projection of the graph home, with full-text search; dropped and made again at will."""
