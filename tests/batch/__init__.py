"""Tests of many documents."""
