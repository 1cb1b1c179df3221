// The way out: quicker with a script, and a link without one.
