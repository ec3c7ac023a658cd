"""Many documents: inputs of several forms in, annotations out in files or shards, with a manifest to go on from.

A run reads its inputs as a stream (`inputs`), parts them into tasks (`run`), has the tasks done by worker processes
(`pool`, `worker`) or by Ray (`cluster`), and keeps what is done on disk (`state`) until all of it becomes the manifest
(`manifest`). `stored` reads the results back, one document at a time, for the commands that check.
"""
