"""Ratings from battles: Bradley-Terry fits on the board's scale, with honest intervals."""
