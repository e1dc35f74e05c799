package io.creditrollover.report;

/**
 * Money behind a run's decisions, in paise.
 *
 * @param protectedPaise see {@link RunMonth#REVENUE_PROTECTED}
 * @param atRiskPaise see {@link RunMonth#REVENUE_AT_RISK}
 * @param expiredValuePaise see {@link RunMonth#EXPIRED_VALUE}
 */
record Revenue(long protectedPaise, long atRiskPaise, long expiredValuePaise) {}
