"""One version of an offer beside another: what each calls the same thing."""
