"""An offer's folder as it is installed, and what of it may be corrected afterwards."""
