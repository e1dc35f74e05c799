package io.creditrollover.planted.admin;

import io.creditrollover.planted.cli.PlantedCommand;

class KnowsTheCli {

    final PlantedCommand command = new PlantedCommand();
}
