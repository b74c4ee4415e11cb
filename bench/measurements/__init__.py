"""One module for each measurement. They run in the order of their names."""
