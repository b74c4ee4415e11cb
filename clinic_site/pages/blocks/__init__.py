"""What home and standard pages are composed of. Nothing here knows an app: what an app shows in a
block comes from its own template tag, in the block's template."""
