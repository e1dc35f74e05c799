package io.creditrollover.benchmark;

/** One way to run a month. */
interface Contender {
    String name();

    /** Changes the restored database before anything is measured. */
    default void prepare(Server server, String database) throws Exception {}

    /** Runs the month of {@link HostData#DATE} and returns how long it took. */
    Took run(Server server, String database) throws Exception;

    /**
     * How long it took.
     *
     * @param jobSeconds the work itself
     * @param processSeconds from start to end of the process; the same where there is none
     * @param processorSeconds of its own process, without the server's; 0 where there is none
     * @param residentMegabytes the most memory its process had; 0 where there is none
     */
    record Took(double jobSeconds, double processSeconds, double processorSeconds, long residentMegabytes) {}
}
