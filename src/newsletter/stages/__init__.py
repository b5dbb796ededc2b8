"""The stages of the pipeline: compose, compile, inline, linearise, text, message."""
