package io.creditrollover.planted;

import io.creditrollover.planted.cli.PlantedCommand;

class PlantedApplication {

    final PlantedCommand command = new PlantedCommand();
}
