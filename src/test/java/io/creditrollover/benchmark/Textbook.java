package io.creditrollover.benchmark;

import java.sql.Connection;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Spring Batch as its documentation teaches it, in a process of its own: {@link TextbookApplication}. */
final class Textbook implements Contender {
    private static final String MARK = "job seconds: ";

    @Override
    public String name() {
        return "textbook Spring Batch";
    }

    /** Its own, as every such job has. */
    @Override
    public void prepare(Server server, String database) throws Exception {
        try (Connection connection = server.jdbc(database).getDataSource().getConnection()) {
            ScriptUtils.executeSqlScript(
                    connection, new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"));
        }
    }

    @Override
    public Took run(Server server, String database) throws Exception {
        MeasuredProcess.Ended ended = MeasuredProcess.java(
                server.url(database) + "?reWriteBatchedInserts=true",
                List.of(
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
