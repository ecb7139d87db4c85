"""The README's pictures, taken of a real server in a real browser. Nothing in them is drawn by hand."""
