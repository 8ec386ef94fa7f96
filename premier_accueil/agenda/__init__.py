"""Slots, appointments and reminders."""
