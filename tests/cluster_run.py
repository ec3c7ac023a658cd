"""A run on a cluster of two nodes, one of which is lost on the way, as is a worker process of the other before.

Called with the input, the folder for the shards, and `whole` or `losses`; a process of its own, since Ray leaves threads,
signal handlers and warnings behind.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import ray
from ray.cluster_utils import Cluster

from annotator.batch import cluster, manifest
from annotator.batch.worker import Job

NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 * 2**20}
QUICKLY = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500, "health_check_failure_threshold": 3}
"""How soon a node counts as lost."""
SHARD = 40
ACTOR = b"Extraction"


def say(what: str) -> None:
    """Tell the test of something."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def children(parent: int) -> list[int]:
    """Return the worker processes of a node that extract, by the process that starts them."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (path / "stat").read_text(), (path / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status.rpartition(")")[2].split()[1]) == parent and ACTOR in command:
            found.append(int(path.name))
    return found


def lose(nodes: Cluster, first: "ray._private.node.Node", second: "ray._private.node.Node", out: Path) -> None:
    """Kill a worker process of the first node once there are shards, and the second node once there are more."""

    def shards(count: int) -> None:
        while len([*out.glob("part-*")]) < count:
            time.sleep(0.02)

    shards(3)
    raylet = first.all_processes["raylet"][0].process.pid
    while not (workers := children(raylet)):
        time.sleep(0.02)
    os.kill(workers[0], signal.SIGKILL)
    say("killed a worker process")
    shards(8)
    nodes.remove_node(second, allow_graceful=False)
    say("killed a node")


def main(source: Path, out: Path, losses: bool) -> None:
    """Extract, and print what it came to."""
    head = {**NODE, "include_dashboard": False, "_system_config": QUICKLY}
    nodes = Cluster(initialize_head=True, head_node_args=head)
    second = nodes.add_node(**NODE)
    ray.init(address=nodes.address, log_to_driver=False)
    job = Job(form="jsonl", folder=out, made=manifest.made_by(None))
    if losses:
        threading.Thread(target=lose, args=(nodes, nodes.head_node, second, out), daemon=True).start()
    for _ in range(2):  # the second time finds everything there
        summary = cluster.extract([source], job, jobs=2, shard_size=SHARD)
        say(f"came to {summary.documents} {summary.fresh} {len(summary.failures)}")
        if not losses:
            break
        alive = [node["Alive"] for node in ray.nodes()]  # type: ignore[no-untyped-call]  # Ray leaves it untyped
        assert sorted(alive) == [False, True]
    ray.shutdown()
    nodes.shutdown()  # type: ignore[no-untyped-call]  # Ray leaves it untyped


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "losses")
