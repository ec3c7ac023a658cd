"""Training of the actor finder's learned component: `python -m annotator.training DATA_DIR`; not used at run time."""
