"""What the kiosk knows: documents, answers with their sources, and the tables of the ward."""
