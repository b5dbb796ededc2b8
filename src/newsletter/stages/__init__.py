"""The stages of the pipeline: compose, compile, inline, slim, linearise, text, message."""
