"""The room of what people are asked about how they were treated: few questions, in their own language."""
