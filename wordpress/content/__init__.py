"""What WordPress keeps as the text of a post, as parts in their order. Knows no database."""
