"""What the marks on columns say of people."""
