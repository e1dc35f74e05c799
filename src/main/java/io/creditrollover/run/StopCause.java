package io.creditrollover.run;

/** Why a run stopped itself. A person must look before it resumes. */
enum StopCause {
    /** It expired more users than its forecast allows. */
    TOLERANCE,
    /** The host's tables are not those of its first write. */
    HOST_TABLES
}
