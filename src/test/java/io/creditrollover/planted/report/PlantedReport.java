package io.creditrollover.planted.report;

public class PlantedReport {}
