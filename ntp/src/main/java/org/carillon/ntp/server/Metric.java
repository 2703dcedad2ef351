package org.carillon.ntp.server;

/** The metrics of a time server, in the order in which {@code /metrics} shows them. */
enum Metric {
  INFO(
      "info",
      Type.GAUGE,
      "Always 1; the labels say which clock is served and who stamps arrivals."),
  REQUESTS("requests_total", Type.COUNTER, "Well-formed requests of NTP clients."),
  ANSWERS("answers_total", Type.COUNTER, "Requests answered with the time."),
  KISSES("kod_total", Type.COUNTER, "Requests answered with a kiss of death RATE."),
  DROPPED("dropped_total", Type.COUNTER, "Requests over the rate limit that were not answered."),
  MALFORMED("malformed_total", Type.COUNTER, "Datagrams that are no NTP packets."),
  NOT_FROM_CLIENT(
      "not_client_total",
      Type.COUNTER,
      "NTP packets that are no client's request of version 3 or 4."),
  SEND_FAILURES("send_failures_total", Type.COUNTER, "Answers that the network refused."),
  UPSTREAM_SAMPLES(
      "upstream_samples_total", Type.COUNTER, "Exchanges with upstream servers, by their outcome."),
  FALSETICKERS(
      "falsetickers", Type.GAUGE, "Upstream servers that answer but are not believed at present."),
  STATUS("status", Type.GAUGE, "1 for the status that the clock has, 0 for the others."),
  OFFSET(
      "offset_seconds",
      Type.GAUGE,
      "Served time minus the local clock: the best estimate. Absent while unsynchronized."),
  BOUND(
      "bound_seconds",
      Type.GAUGE,
      "Largest error of the served time: root delay/2 + root dispersion. Absent while"
          + " unsynchronized."),
  ROOT_DELAY(
      "root_delay_seconds",
      Type.GAUGE,
      "Round trip to the primary server. Absent while unsynchronized."),
  ROOT_DISPERSION(
      "root_dispersion_seconds",
      Type.GAUGE,
      "Error bound without the root delay. Absent while unsynchronized."),
  STRATUM("stratum", Type.GAUGE, "Stratum that is served, 1 to 15; 16 while unsynchronized."),
  LEAP(
      "leap",
      Type.GAUGE,
      "Leap indicator that is served: 0 none, 1 and 2 a leap second is near, 3 unsynchronized.");

  /** The types of the Prometheus text format. */
  enum Type {
    COUNTER("counter"),
    GAUGE("gauge");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  private final String fullName;
  private final Type type;
  private final String help;

  Metric(String name, Type type, String help) {
    this.fullName = "carillon_timeserver_" + name;
    this.type = type;
    this.help = help;
  }

  /** The name that stands in {@code /metrics}. */
  String fullName() {
    return fullName;
  }

  /** The two comment lines before the values. */
  String header() {
    return "# HELP " + fullName + " " + help + "\n# TYPE " + fullName + " " + type.text + "\n";
  }
}
