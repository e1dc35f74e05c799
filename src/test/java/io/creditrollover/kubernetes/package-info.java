/**
 * The manifests under {@code k8s}, rendered by kubectl, read with the typed models of the Kubernetes client, and held
 * against what the program promises: exit codes, keys, time to stop. For each check a planted mistake shows that it can
 * fail.
 */
@NullMarked
package io.creditrollover.kubernetes;

import org.jspecify.annotations.NullMarked;
