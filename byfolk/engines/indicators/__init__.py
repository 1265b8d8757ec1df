"""Facts, the cube over the unit tree, disclosure control, and the published figures that every page reads.

Areas declare indicators and facts (`definition`, `registry`); `refresh` makes and publishes; pages read by way of
`queries`.
"""
