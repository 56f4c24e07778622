"""Turns `spec/` into `generated/`: one OpenAPI document and one typed package a Pinwheel-Version.

Run it through nox (`regenerate`, `check`, `diff`) or as `python -m pinwheel_generator`. No product code imports it.
"""
