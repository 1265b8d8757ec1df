"""The personnel accounts: a year's figures for the city or an agency as a web page, an accessible PDF and a
spreadsheet.

`making.report` reads what is published and composes one `content.Report`; the three renderers (`web`, `pdf`,
`workbook`) only lay it out, so that they cannot tell different things.
"""
