"""What people know or carry, checked: passwords, codes of an app, secrets in cookies; and wrong ones slowed down."""
