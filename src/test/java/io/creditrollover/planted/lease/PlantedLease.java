package io.creditrollover.planted.lease;

import io.creditrollover.planted.config.KnowsTheLease;

public class PlantedLease {

    KnowsTheLease settings = new KnowsTheLease();
}
