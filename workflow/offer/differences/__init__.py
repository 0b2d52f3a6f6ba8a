"""What one offer says otherwise than another, in sentences. Pure. Face: `offers.differences`."""
