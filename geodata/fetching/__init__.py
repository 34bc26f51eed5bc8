"""Open data of a commune or an EPCI, asked of public services and brought into a store."""
