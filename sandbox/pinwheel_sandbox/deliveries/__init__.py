"""Webhook deliveries: events are found in the state, written for each webhook, and sent."""
