"""Making instruments in the browser: a readable document, changed part by part."""
