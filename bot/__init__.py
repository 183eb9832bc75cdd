"""codir-advisor: an executive committee talks to it and leaves with a document."""
