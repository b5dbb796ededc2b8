"""Rules about the page as a browser shows it: `newsletter audit` applies them, `newsletter check` does not."""
