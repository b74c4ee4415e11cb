"""What the import keeps for itself is about pages and files, and names nobody."""

NOT_PERSONAL = {"wordpress.ImportedItem": "source kind old_id digest"}
