"""The steering board: how a unit stands against the policy."""
