package io.creditrollover.planted.config;

import io.creditrollover.planted.lease.PlantedLease;

public class KnowsTheLease {

    PlantedLease lease = new PlantedLease();
}
