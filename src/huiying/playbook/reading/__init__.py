"""Reading plans that other people wrote: Word, PDF, HTML, Markdown and plain text become clauses tied to their lines."""
