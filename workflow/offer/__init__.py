"""An offer page: loaded, typed, proved sound and drawn. Pure but for the loader."""
