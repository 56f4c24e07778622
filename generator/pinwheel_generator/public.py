"""What `pinwheel_api` offers of the hand-written overlays, by module. `__all__` of the package is made from this."""

PUBLIC: dict[str, tuple[str, ...]] = {}
