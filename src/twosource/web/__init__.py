"""The web desk: pages made on the server from the views, with small scripts of our own and nothing from elsewhere."""
