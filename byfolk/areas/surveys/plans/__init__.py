"""From result to action: choosing what to do something about, making actions, and seeing whether it moved."""
