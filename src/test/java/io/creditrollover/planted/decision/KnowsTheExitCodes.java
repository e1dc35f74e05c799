package io.creditrollover.planted.decision;

import io.creditrollover.planted.exit.PlantedExit;

class KnowsTheExitCodes {

    final PlantedExit exit = new PlantedExit();
}
