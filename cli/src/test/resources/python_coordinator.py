"""A coordinator that knows nothing but the JSON datagram: sends COUNT events and writes when it did.

Usage: python_coordinator.py PORT COUNT OUTPUT
"""

import json
import socket
import sys
import time


def main(port, count, output):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with open(output, "w") as rows:
        for number in range(int(count)):
            event = {
                "event_id": number + 1,
                "coordinator_timestamp_ns": time.time_ns(),
                "sequence_number": number,
                # The toolkit's type allows both.
                "payload": None if number % 2 else "event_%d" % (number + 1),
            }
            sender.sendto(json.dumps(event).encode("utf-8"), ("127.0.0.1", int(port)))
            rows.write("%d,%d\n" % (event["event_id"], event["coordinator_timestamp_ns"]))
            time.sleep(0.002)


main(*sys.argv[1:])
