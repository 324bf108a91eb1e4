"""What the review pages show of a fact, and how a form becomes a decision about it."""
