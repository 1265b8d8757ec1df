"""Who works here and how: headcount, full-time equivalents, part-time, temporary posts, age, turnover and parental
leave.
"""
