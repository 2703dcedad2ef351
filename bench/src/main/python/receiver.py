"""A plain worker in Python, as toolkits of the field have it: recvfrom, json.loads, time.time_ns, csv.writer.

It takes JSON and binary events, and the options of worker that it needs; its receive buffer is the system's default. SIGTERM ends it.
"""

import argparse
import csv
import json
import os
import signal
import socket
import struct
import time

HEADER = ["event_id", "node_id", "sequence_number", "receive_time_ns", "coordinator_send_time_ns", "ntp_offset_ms",
          "ntp_uncertainty_ms", "ntp_timestamp_ns"]
BINARY = struct.Struct(">4sBBHQQQqI")


def decode(datagram):
    """Event id, sequence number and send time; ValueError or KeyError if it is no event."""
    if datagram[:1] == b"{":
        event = json.loads(datagram)
        return event["event_id"], event["sequence_number"], event["coordinator_timestamp_ns"]
    if len(datagram) < BINARY.size:
        raise ValueError("short")
    magic, version, _, payload_bytes, _, event_id, sequence_number, send_time_ns, _ = BINARY.unpack_from(datagram)
    if magic != b"CRLN" or version != 1 or BINARY.size + payload_bytes != len(datagram):
        raise ValueError("no event")
    return event_id, sequence_number, send_time_ns


def write_file(path, document):
    """The file appears under its name when it is whole."""
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump(document, file)
    os.rename(path + ".part", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node-id", default="python")
    parser.add_argument("--listen-port", type=int, default=0)
    parser.add_argument("--output", required=True)
    parser.add_argument("--ready-file", required=True)
    parser.add_argument("--summary", required=True)
    options = parser.parse_args()

    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    events = malformed = highest = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver, open(options.output, "w", newline="", encoding="utf-8") as file:
        receiver.bind(("0.0.0.0", options.listen_port))
        receiver.settimeout(0.2)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        flushed = time.monotonic()
        write_file(options.ready_file, {"pid": os.getpid(), "port": receiver.getsockname()[1]})
        while True:
            try:
                datagram, _ = receiver.recvfrom(4096)
                receive_time_ns = time.time_ns()
                event_id, sequence_number, send_time_ns = decode(datagram)
                writer.writerow([event_id, options.node_id, sequence_number, receive_time_ns, send_time_ns, "", "", ""])
                events += 1
                highest = max(highest, event_id)
            except TimeoutError:
                if stopped:
                    break
            except (ValueError, KeyError, TypeError):
                malformed += 1
            if time.monotonic() - flushed >= 1:
                file.flush()
                flushed = time.monotonic()
    write_file(options.summary, {"received": events, "missing": max(0, highest - events), "highest_event_id": highest,
                                 "malformed": malformed, "rows_written": events, "rows_lost": 0})


if __name__ == "__main__":
    main()
