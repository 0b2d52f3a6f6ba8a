"""Files brought in through pages: uploaded, looked at row by row, mended, taken and taken back."""
