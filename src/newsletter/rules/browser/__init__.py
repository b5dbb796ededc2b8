"""Rules about the page as a browser shows it: `newsletter audit` holds them, `newsletter check` does not."""
