/* SPDX-License-Identifier: Apache-2.0 */
/* The functions behind the table of built-ins, by topic; each topic has a file builtin_<topic>.c. */
#ifndef TUOYU_FEEL_BUILTIN_FUNCTIONS_H
#define TUOYU_FEEL_BUILTIN_FUNCTIONS_H

#include "feel/builtin.h"

#define FUNCTION(name) struct value builtin_##name(const struct builtin_call *call)

/* Conversion */
FUNCTION(date_from_text);
FUNCTION(date_from_date_time);
FUNCTION(date_from_parts);
FUNCTION(date_and_time_from_text);
FUNCTION(date_and_time_from_parts);
FUNCTION(time_from_text);
FUNCTION(time_from_date_time);
FUNCTION(time_from_parts);
FUNCTION(same);
FUNCTION(number_from_text);
FUNCTION(string);
FUNCTION(duration_from_text);
FUNCTION(years_and_months_duration);
FUNCTION(range_from_text);

/* Boolean */
FUNCTION(not );

/* String */
FUNCTION(substring);
FUNCTION(string_length);
FUNCTION(upper_case);
FUNCTION(lower_case);
FUNCTION(substring_before);
FUNCTION(substring_after);
FUNCTION(contains);
FUNCTION(starts_with);
FUNCTION(ends_with);
FUNCTION(string_join);
FUNCTION(matches);
FUNCTION(replace);
FUNCTION(split);

/* List */
FUNCTION(list_contains);
FUNCTION(list_replace_position);
FUNCTION(list_replace_match);
FUNCTION(count);
FUNCTION(sublist);
FUNCTION(append);
FUNCTION(concatenate);
FUNCTION(insert_before);
FUNCTION(remove);
FUNCTION(reverse);
FUNCTION(index_of);
FUNCTION(union);
FUNCTION(distinct_values);
FUNCTION(flatten);
FUNCTION(sort);

/* Aggregation of lists */
FUNCTION(min);
FUNCTION(max);
FUNCTION(sum);
FUNCTION(mean);
FUNCTION(all);
FUNCTION(any);
FUNCTION(product);
FUNCTION(median);
FUNCTION(stddev);
FUNCTION(mode);

/* Numeric */
FUNCTION(decimal);
FUNCTION(floor);
FUNCTION(ceiling);
FUNCTION(round_up);
FUNCTION(round_down);
FUNCTION(round_half_up);
FUNCTION(round_half_down);
FUNCTION(abs_number);
FUNCTION(abs_duration);
FUNCTION(abs_months);
FUNCTION(modulo);
FUNCTION(sqrt);
FUNCTION(log);
FUNCTION(exp);
FUNCTION(odd);
FUNCTION(even);

/* Ranges and points */
FUNCTION(before);
FUNCTION(after);
FUNCTION(meets);
FUNCTION(met_by);
FUNCTION(overlaps);
FUNCTION(overlaps_before);
FUNCTION(overlaps_after);
FUNCTION(finishes);
FUNCTION(finished_by);
FUNCTION(includes);
FUNCTION(during);
FUNCTION(starts);
FUNCTION(started_by);
FUNCTION(coincides);

/* Dates and times */
FUNCTION(is);
FUNCTION(day_of_year);
FUNCTION(day_of_week);
FUNCTION(month_of_year);
FUNCTION(week_of_year);
FUNCTION(now);
FUNCTION(today);

/* Context */
FUNCTION(get_value);
FUNCTION(get_entries);
FUNCTION(context);
FUNCTION(context_put);
FUNCTION(context_put_path);
FUNCTION(context_merge);

/* Extensions */
FUNCTION(completed_months);
FUNCTION(completed_years);
FUNCTION(completed_days);
FUNCTION(end_of_month);
FUNCTION(start_of_month);
FUNCTION(add_months);
FUNCTION(add_years);
FUNCTION(round_to);
FUNCTION(at_least);
FUNCTION(clamp);

#undef FUNCTION

#endif
