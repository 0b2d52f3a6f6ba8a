"""What the marks on columns say of people: which columns they are on, for how long they are kept, and where one person
is found."""
