package io.creditrollover.benchmark;

/** Spring Batch as its documentation teaches it, in a process of its own: {@link TextbookApplication}. */
final class Textbook implements Contender {
    private static final String MARK = "job seconds: ";

    @Override
    public String name() {
        return "textbook Spring Batch";
    }

    @Override
    public Took run(Server server, String database) throws Exception {
        MeasuredProcess.Ended ended = MeasuredProcess.java(
                server.url(database) + "?reWriteBatchedInserts=true",
                java.util.List.of(
                        ThisJob.HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        TextbookApplication.class.getName()));
        double job = ended.out()
                .lines()
                .filter(line -> line.startsWith(MARK))
                .mapToDouble(line -> Double.parseDouble(line.substring(MARK.length())))
                .findFirst()
                .orElseThrow();
        return new Took(job, ended.seconds(), ended.processorSeconds(), ended.residentMegabytes());
    }

    static void say(double jobSeconds) {
        System.out.println(MARK + jobSeconds);
    }
}
