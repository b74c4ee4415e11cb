"""Documents are for everybody who comes: none is about a patient."""

NOT_PERSONAL = {
    "documents.SiteDocument": "title file file_hash",
    "wagtaildocs.Document": "title file file_hash",
}
