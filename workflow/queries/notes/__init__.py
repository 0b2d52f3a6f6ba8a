"""Notes on an engagement as people read them, and the notes that mention somebody. Reads only."""
