"""Images of a study on black: scroll, window, zoom; never for diagnosis."""
