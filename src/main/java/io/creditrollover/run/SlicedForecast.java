package io.creditrollover.run;

import io.creditrollover.rollover.Slices;
import java.util.List;

/**
 * A forecast, with the expiring users by slices of ids.
 *
 * @param usersExpired by slice number; their sum is that of {@code figures}
 */
record SlicedForecast(ForecastFigures figures, Slices slices, List<Long> usersExpired) {}
