"""Pay: what women and men are paid for full time, in all and in each job family."""
