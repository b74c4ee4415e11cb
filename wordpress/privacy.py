"""What the import keeps for itself is about pages and files."""

NOT_PERSONAL = {
    "wordpress.ImportedItem": "source kind old_id digest",
    # A report names pages and their authors, as the pages do.
    "wordpress.ImportRun": "export media host stage report problem",
}
