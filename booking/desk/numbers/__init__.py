"""The numbers of a month, as pictures with their tables and as a spreadsheet."""
