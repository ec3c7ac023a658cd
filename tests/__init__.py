"""Tests of annotator."""
