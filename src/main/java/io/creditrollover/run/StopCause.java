package io.creditrollover.run;

/** Why a run stopped by itself in such a way that a person must look before it resumes. */
enum StopCause {
    /** It expired more users than its forecast allows. */
    TOLERANCE,
    /** The host's tables are not those of its first write. */
    HOST_TABLES
}
