"""The policy in sight: the steering board, the page behind each figure, and the page of each unit."""
