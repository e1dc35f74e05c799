package io.creditrollover.planted.run;

import io.creditrollover.planted.report.PlantedReport;

class KnowsTheReport {

    final PlantedReport report = new PlantedReport();
}
