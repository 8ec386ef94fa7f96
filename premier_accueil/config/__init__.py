"""Settings, URLs and the ASGI entry: the only place that knows everyone."""
