package io.creditrollover.run;

import io.creditrollover.rollover.Slices;
import java.util.List;

/**
 * A forecast, with the users who would expire by slices of ids.
 *
 * @param usersExpired by the number of the slice; their sum is that of {@code figures}
 */
record SlicedForecast(ForecastFigures figures, Slices slices, List<Long> usersExpired) {}
