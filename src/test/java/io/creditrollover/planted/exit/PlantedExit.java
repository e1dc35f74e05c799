package io.creditrollover.planted.exit;

public class PlantedExit {}
