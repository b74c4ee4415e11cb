"""Taking the demo away again: noted as it is loaded, planned, asked, carried out."""
