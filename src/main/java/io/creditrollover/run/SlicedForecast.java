package io.creditrollover.run;

import io.creditrollover.rollover.Slices;
import java.util.List;

/**
 * A forecast by slices of ids.
 *
 * @param usersExpired by slice number; adds up to {@code figures}
 */
record SlicedForecast(ForecastFigures figures, Slices slices, List<Long> usersExpired) {}
