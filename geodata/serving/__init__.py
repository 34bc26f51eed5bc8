"""Published layers are read live by partners' GIS, over OGC API – Features."""
