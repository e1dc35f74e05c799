package io.creditrollover.remote;

import io.creditrollover.rollover.PartitionExecutor;
import io.creditrollover.rollover.RolloverSteps;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.integration.jdbc.channel.PgConnectionSupplier;
import org.springframework.integration.jdbc.channel.PostgresChannelMessageTableSubscriber;
import org.springframework.integration.jdbc.channel.PostgresSubscribableChannel;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.channel.JsonChannelMessageStorePreparedStatementSetter;
import org.springframework.integration.jdbc.store.channel.JsonMessageRowMapper;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * Spring Integration's channel in the database. Receiving deletes the message and commits by itself; the receiver's
 * work is in no transaction of the channel. Sending joins the caller's transaction; listening has its own connection.
 */
final class PartitionChannel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PartitionChannel.class);
    private static final String PREFIX = "credit_rollover_";
    private static final String GROUP = "credit-rollover-ranges";
    private static final String CLAIM = "claim";

    private final JdbcChannelMessageStore store;
    private final PostgresChannelMessageTableSubscriber subscriber;
    private final PostgresSubscribableChannel channel;
    private final ThreadPoolExecutor threads;
    private MessageHandler handler = message -> {};

    /** {@code schema} precedes the table's name and includes its dot. */
    PartitionChannel(DataSource dataSource, String schema, PgConnectionSupplier direct, int threads) {
        this.threads = threads(threads);
        this.store = store(dataSource, schema);
        this.subscriber = new PostgresChannelMessageTableSubscriber(direct, PREFIX);
        SimpleAsyncTaskExecutor listener = new SimpleAsyncTaskExecutor("range-offers-");
        listener.setDaemon(true);
        this.subscriber.setTaskExecutor(listener);
        this.channel = new PostgresSubscribableChannel(store, GROUP, subscriber);
        this.channel.setBeanName("ranges");
        this.channel.setBeanFactory(new StaticListableBeanFactory()); // empty: all defaults apply
        this.channel.setDispatcherExecutor(this.threads);
        this.channel.afterPropertiesSet();
    }

    @FunctionalInterface
    interface Receiver {
        void receive(long stepExecutionId, long claim);
    }

    private static JdbcChannelMessageStore store(DataSource dataSource, String schema) {
        JdbcChannelMessageStore store = new JdbcChannelMessageStore(dataSource);
        store.setTablePrefix(schema + PREFIX);
        store.setChannelMessageStoreQueryProvider(new PostgresChannelMessageStoreQueryProvider());
        store.setPreparedStatementSetter(new JsonChannelMessageStorePreparedStatementSetter());
        store.setMessageRowMapper(new JsonMessageRowMapper(StepExecutionRequest.class.getPackageName()));
        store.afterPropertiesSet();
        return store;
    }

    /** Discards excess notices: a busy thread polls again after its work. */
    private static ThreadPoolExecutor threads(int count) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(count),
                work -> new Thread(work, "rollover-" + number.incrementAndGet()),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    void send(long stepExecutionId, long claim) {
        channel.send(MessageBuilder.withPayload(new StepExecutionRequest(RolloverSteps.RANGE, stepExecutionId))
                .setHeader(CLAIM, claim)
                .build());
    }

    boolean isEmpty() {
        return store.messageGroupSize(GROUP) == 0;
    }

    /** Starts receiving. Logs exceptions of the receiver; the message is lost. */
    void listen(Receiver receiver) {
        handler = message -> receive(message, receiver);
        channel.subscribe(handler);
        try {
            subscriber.start();
        } catch (IllegalStateException slow) {
            log.warn("Listening for offers is not established yet. They are polled until then.");
        }
    }

    private static void receive(Message<?> message, Receiver receiver) {
        try {
            Object claim = message.getHeaders().get(CLAIM);
            if (message.getPayload() instanceof StepExecutionRequest request && claim instanceof Number number) {
                receiver.receive(request.getStepExecutionId(), number.longValue());
            } else {
                log.warn("A message without a partition was dropped: {}", message);
            }
        } catch (RuntimeException failed) {
            log.warn("An offer could not be processed. It will be offered again: {}", failed.toString());
        }
    }

    /** Polls for messages, in case a notification was lost. */
    void look() {
        channel.notifyUpdate();
    }

    /** Waits until all received work has ended. */
    @Override
    public void close() {
        channel.unsubscribe(handler);
        subscriber.stop();
        PartitionExecutor.close(threads);
    }
}
