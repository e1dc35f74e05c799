package io.creditrollover.run;

/** Why a run stopped itself; a person must look before it resumes. */
enum StopCause {
    /** More users expired than its forecast allows. */
    TOLERANCE,
    /** The host's tables are not those of its first write. */
    HOST_TABLES
}
