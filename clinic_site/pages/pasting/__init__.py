"""What is pasted into the editor of a page: read, made blocks of, freed of where it came from."""
