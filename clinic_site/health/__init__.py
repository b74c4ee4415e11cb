"""How the site fares, for owners, for Prometheus, and for whoever is to be alarmed."""
