"""What an installation is told from outside: settings from the environment, logging, and the offers' folders."""
