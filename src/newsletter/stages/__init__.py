"""The stages of the pipeline, one verb each: compose, compile, inline, linearise, text, message."""
