package io.creditrollover.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import io.creditrollover.decision.PaidPayment;
import io.creditrollover.decision.PendingPayments;
import io.creditrollover.decision.PlanTerms;
import io.creditrollover.decision.RolloverDecision;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.decision.UserCredits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The month as Spring Batch's own documentation would write it: a paging reader joined with the last payment, a processor,
 * two batch item writers, chunks of a thousand, one thread. It has none of this system's guarantees.
 */
public final class TextbookApplication {
    private static final int CHUNK = 1_000;

    private final RolloverPolicy policy = new RolloverPolicy(
            HostData.DATE,
            HostData.ZONE,
            Map.of("monthly", PlanTerms.ELIGIBLE, "power", PlanTerms.ELIGIBLE),
            Set.of("starter", "monthly", "power"),
            Duration.ZERO,
            Set.of());
    private final DataSource dataSource;
    private final PlatformTransactionManager transactions;

    private TextbookApplication(DataSource dataSource) {
        this.dataSource = dataSource;
        this.transactions = new JdbcTransactionManager(dataSource);
    }

    /** Runs the job on the database that the environment names. */
    public static void main(String[] args) throws Exception {
        try (HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl(System.getenv("SPRING_DATASOURCE_URL"));
            dataSource.setUsername(System.getenv("SPRING_DATASOURCE_USERNAME"));
            new TextbookApplication(dataSource).run();
        }
    }

    private void run() throws Exception {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(dataSource);
        factory.setTransactionManager(transactions);
        factory.afterPropertiesSet();
        JobRepository repository = factory.getObject();
        TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
        operator.setJobRepository(repository);
        operator.setJobRegistry(new MapJobRegistry());
        operator.afterPropertiesSet();
        long start = System.nanoTime();
        JobExecution execution = operator.start(job(repository), new JobParameters());
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException(execution.toString());
        }
        Textbook.say((System.nanoTime() - start) / 1e9);
    }

    private Job job(JobRepository repository) throws Exception {
        return new JobBuilder("textbook", repository)
                .start(new StepBuilder("rollover", repository)
                        .<Paid, RolloverDecisionOf>chunk(CHUNK)
                        .transactionManager(transactions)
                        .reader(reader())
                        .processor(user -> new RolloverDecisionOf(
                                user.phoneNumber(), (RolloverDecision) policy.decide(user.facts())))
                        .writer(writer())
                        .build())
                .build();
    }

    private JdbcPagingItemReader<Paid> reader() throws Exception {
        return new JdbcPagingItemReaderBuilder<Paid>()
                .name("users")
                .dataSource(dataSource)
                .pageSize(CHUNK)
                .selectClause("id, phone_number, credits, payment_id, plan_type, paid_at")
                .fromClause("""
                        users u left join lateral (
                            select id as payment_id, plan_type, created_at as paid_at from payments
                            where user_id = u.id and payment_status = 'paid' and created_at < '%s'
                            order by created_at desc, id desc limit 1) l on true
                        """.formatted(HostData.cutoff()))
                .whereClause("credits > 0 and (created_at < '%1$s' or created_at is null)".formatted(HostData.cutoff()))
                .sortKeys(Map.of("id", Order.ASCENDING))
                .rowMapper(TextbookApplication::paid)
                .build();
    }

    private static Paid paid(ResultSet rs, int row) throws SQLException {
        OffsetDateTime paidAt = rs.getObject("paid_at", OffsetDateTime.class);
        PaidPayment last = paidAt == null
                ? null
                : new PaidPayment(rs.getLong("payment_id"), rs.getString("plan_type"), paidAt.toInstant());
        return new Paid(
                rs.getString("phone_number"),
                new UserCredits(
                        rs.getLong("id"),
                        rs.getInt("credits"),
                        last,
                        0,
                        false,
                        List.of(),
                        false,
                        null,
                        PendingPayments.NONE,
                        null));
    }

    /** Balances that change, and an event for everybody. */
    private ItemWriter<RolloverDecisionOf> writer() {
        JdbcBatchItemWriter<RolloverDecisionOf> balances =
                statement("update users set credits = :after where id = :userId");
        JdbcBatchItemWriter<RolloverDecisionOf> events = statement("""
                insert into credit_rollover_events
                    (user_id, phone_number, rollover_date, credits_before, credits_after, action, eligible_plan_type, reason,
                     run_id, reason_code, payment_id, paid_at, credits_protected)
                values (:userId, :phone, :date, :before, :after, :action, :planType, :reason,
                        1, :reasonCode, :paymentId, :paidAt, 0)
                """);
        return chunk -> {
            balances.write(new Chunk<>(chunk.getItems().stream()
                    .filter(item -> item.decision().losesCredits())
                    .toList()));
            events.write(chunk);
        };
    }

    private JdbcBatchItemWriter<RolloverDecisionOf> statement(String sql) {
        JdbcBatchItemWriter<RolloverDecisionOf> writer = new JdbcBatchItemWriterBuilder<RolloverDecisionOf>()
                .dataSource(dataSource)
                .sql(sql)
                .itemSqlParameterSourceProvider(TextbookApplication::parameters)
                .assertUpdates(false)
                .build();
        writer.afterPropertiesSet();
        return writer;
    }

    private static MapSqlParameterSource parameters(RolloverDecisionOf item) {
        RolloverDecision decision = item.decision();
        PaidPayment evidence = decision.evidence();
        return new MapSqlParameterSource()
                .addValue("userId", decision.userId())
                .addValue("phone", item.phoneNumber())
                .addValue("date", HostData.DATE)
                .addValue("before", decision.creditsBefore())
                .addValue("after", decision.creditsAfter())
                .addValue("action", decision.action().code())
                .addValue("planType", decision.eligiblePlanType())
                .addValue("reason", decision.reason())
                .addValue("reasonCode", decision.reasonCode().name())
                .addValue("paymentId", evidence == null ? null : evidence.id())
                .addValue("paidAt", evidence == null ? null : evidence.paidAt().atOffset(ZoneOffset.UTC));
    }

    private record Paid(String phoneNumber, UserCredits facts) {}

    private record RolloverDecisionOf(String phoneNumber, RolloverDecision decision) {}
}
