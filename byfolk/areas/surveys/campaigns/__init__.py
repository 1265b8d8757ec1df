"""Planning campaigns and following them: whom, what, when, and how many have collected. Never an answer."""
