"""Every publisher's report, by the name that the tables of the cities give it as source."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from support.followed import census, edsight, health_and_work, state_results
from support.followed.cells import Cells

REPORTS: dict[str, Callable[[Path], Cells]] = {
    "acs_attainment": census.attainment,
    "acs_family_type": census.family_type,
    "acs_health_insurance": census.health_insurance,
    "acs_poverty_by_race": census.poverty_by_race,
    "acs_town_profiles": census.town_profiles,
    "acs_tracts": census.tracts,
    "acs_youth": census.youth,
    "ctdata_cost_burden": census.cost_burden,
    "csde_accountability": state_results.accountability,
    "csde_accountability_schools": state_results.accountability_schools,
    "csde_accountability_transcribed": state_results.accountability_transcribed,
    "csde_attendance": state_results.attendance,
    "csde_graduation_first_releases": state_results.first_graduation_rates,
    "csde_kindergarten_historic": state_results.kindergarten_2013,
    "csde_kindergarten_inventory": state_results.kindergarten,
    "ctdata_educational_need": state_results.educational_need,
    "ctdata_enrollment": state_results.enrollment_by_race,
    "ctdata_pre_k": state_results.pre_k,
    "edsight_bullying": partial(edsight.counted, report="bullying"),
    "edsight_chronic_absence": edsight.chronic_absence,
    "edsight_college": edsight.college,
    "edsight_college_schools": edsight.college_of_the_state,
    "edsight_educational_need": edsight.educational_need,
    "edsight_enrollment": edsight.enrollment,
    "edsight_enrollment_schools": edsight.schools,
    "edsight_graduation_4yr": partial(edsight.graduation, years="four"),
    "edsight_graduation_5yr": partial(edsight.graduation, years="five"),
    "edsight_graduation_6yr": partial(edsight.graduation, years="six"),
    "edsight_growth": edsight.growth,
    "edsight_sanctions": partial(edsight.counted, report="sanctions"),
    "edsight_sat": edsight.sat,
    "edsight_science": edsight.science,
    "edsight_smarter_balanced": edsight.smarter_balanced,
    "edsight_smarter_balanced_groups": edsight.smarter_balanced_groups,
    "edsight_smarter_balanced_schools": edsight.smarter_balanced_schools,
    "edsight_suspension": edsight.suspension,
    "cdc_places": health_and_work.cdc_places,
    "ctdol_labor_force": health_and_work.unemployment,
    "dph_infant_mortality": health_and_work.infant_mortality,
    "dph_registration_report": health_and_work.births,
    "nchs_life_expectancy": health_and_work.life_expectancy,
    "urban_homelessness": health_and_work.homelessness,
} | {
    f"urban_{report}": partial(health_and_work.urban, report=report)
    for report in (*health_and_work.URBAN, *health_and_work.WITHOUT_BOUNDS)
}
