"""Where the newest spec differs from an OpenAPI document as Pinwheel serves it: known, with the reason, or new."""
