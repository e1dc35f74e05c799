package io.creditrollover.planted.cli;

public class PlantedCommand {}
