"""A worker that knows nothing but the JSON datagram: receives COUNT events and writes what it understood.

Usage: python_worker.py PORT_FILE COUNT OUTPUT

Like the Python toolkit it reads at most 4096 bytes and refuses an object with other keys than the four it knows.
"""

import json
import os
import socket
import sys
import time

KEYS = {"event_id", "coordinator_timestamp_ns", "sequence_number", "payload"}


def main(port_file, count, output):
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("0.0.0.0", 0))
    listener.settimeout(60)
    with open(port_file + ".part", "w") as file:
        file.write(str(listener.getsockname()[1]))
    os.rename(port_file + ".part", port_file)
    with open(output, "w") as rows:
        for _ in range(int(count)):
            datagram = listener.recv(4096)
            received_ns = time.time_ns()
            event = json.loads(datagram.decode("utf-8"))
            if set(event) - KEYS:
                sys.exit("unknown keys: %s" % sorted(set(event) - KEYS))
            numbers = [event["event_id"], event["sequence_number"], event["coordinator_timestamp_ns"], received_ns]
            rows.write(",".join("%d" % number for number in numbers) + "," + event["payload"] + "\n")


main(*sys.argv[1:])
