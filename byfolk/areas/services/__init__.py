"""Services beside personnel: what they cost, how much they give, how good they are, and what their users say."""
