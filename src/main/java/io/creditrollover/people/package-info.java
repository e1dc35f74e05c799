/**
 * People's data: erases phone numbers of one person ({@link io.creditrollover.people.ErasureService}) and of users
 * deleted by the host ({@link io.creditrollover.people.DeletedUsers}), and deletes old rows ({@link
 * io.creditrollover.people.RetentionService}).
 *
 * <p>{@link io.creditrollover.people.PersonalColumns} lists the columns with personal data. Free text is masked at
 * writing, so an erasure changes these columns only.
 */
@NullMarked
package io.creditrollover.people;

import org.jspecify.annotations.NullMarked;
