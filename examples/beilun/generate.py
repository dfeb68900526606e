#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the district data beside this file. ALL ROWS ARE SYNTHETIC: no child, family, institution, member of staff or
answer in them exists, and no number in them was measured. 本目录数据全部为程序生成的虚构数据，不对应任何真实的人或机构。

    python3 examples/beilun/generate.py [FOLDER]

Real are only the names of Beilun's 11 sub-districts. The same seed gives the same bytes, with any Python 3. The scale is about a
quarter of the district: 200 000 residents, 3 000 children under three.

On purpose:
- one sub-district (WITHOUT_INCLUSIVE) has nothing inclusive, so that coverage is not complete;
- some facts are missing (an empty field), so that answers and indicators have something unknown;
- some targets are met and some are not;
- child_with_errors.csv repeats a few children with values that are wrong (see spoil_rows)."""
import csv
import datetime
import pathlib
import random
import sys

SEED = 20230206  # the date of the pilot's plan
AS_OF = datetime.date(2025, 9, 30)

# Name, residents.
SUBDISTRICTS = [
    ("新碶街道", 52000), ("小港街道", 30000), ("大碶街道", 34000), ("霞浦街道", 17000), ("柴桥街道", 16000), ("白峰街道", 8000),
    ("春晓街道", 9000), ("梅山街道", 8000), ("戚家山街道", 8000), ("郭巨街道", 5000), ("大榭街道", 13000),
]
WITHOUT_INCLUSIVE = "郭巨街道"
RESIDENTS_PER_COMMUNITY = 3300
CHILDREN_UNDER_3 = 3000
CHILDREN_3_TO_6 = 1500  # in health records only

# Share of institutions, places from and to, published monthly fee from and to (CNY), chance of being inclusive.
KINDS = {
    "public_institution": (0.15, 30, 60, 1200, 1600, 1.00),
    "private_institution": (0.35, 15, 40, 1500, 2900, 0.72),
    "kindergarten_nursery_class": (0.35, 20, 40, 900, 1400, 0.97),
    "employer_childcare": (0.08, 10, 25, 600, 1200, 0.80),
    "family_childcare_site": (0.07, 3, 5, 1500, 2200, 0.60),
}
CERTIFIED, KNOWS_PARENTING, VISITED_IN_YEAR, AT_PROVINCIAL_STANDARD = 0.87, 0.885, 0.968, 27
DISPOSABLE_INCOME = 78000  # CNY a year per head; synthetic like everything else
PRIVATE_INCLUSIVE_FEE = 1800  # CNY a month


class Chance:
    """Only random.random(), whose sequence Python guarantees for a seed."""

    def __init__(self, seed):
        self.source = random.Random(seed)

    def happens(self, probability):
        return self.source.random() < probability

    def integer(self, low, high):
        return low + int(self.source.random() * (high - low + 1))

    def pick(self, items):
        return items[int(self.source.random() * len(items))]

    def weighted(self, items, weights):
        mark = self.source.random() * sum(weights)
        for item, weight in zip(items, weights):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def unless_missing(self, value, probability):
        """The value, or the empty field that stands for "not given"."""
        return "" if self.happens(probability) else value


def boolean(value):
    return "true" if value else "false"


def months_before(date, months):
    index = date.year * 12 + date.month - 1 - months
    return datetime.date(index // 12, index % 12 + 1, 1)


def completed_months(birth, date):
    return (date.year - birth.year) * 12 + date.month - birth.month - (date.day < birth.day)


# ---- The district ----

def make_communities(chance):
    rows = []
    for name, residents in SUBDISTRICTS:
        count = max(1, residents // RESIDENTS_PER_COMMUNITY)
        for number in range(1, count + 1):
            rows.append({
                "community.id": f"{name}第{number}社区",
                "community.subdistrict": name,
                "community.population": residents // count,
                "community.newly_built": boolean(chance.happens(0.1)),
                "community.planned_places": chance.integer(10, 40),
            })
    return rows


def make_institution(chance, number, community, kind, may_be_inclusive):
    _, places_from, places_to, fee_from, fee_to, inclusive_chance = KINDS[kind]
    places = chance.integer(places_from, places_to)
    inclusive = may_be_inclusive and chance.happens(inclusive_chance)
    fee = 10 * chance.integer(fee_from // 10, fee_to // 10)
    nursery_class = kind == "kindergarten_nursery_class"
    return {
        "institution.id": f"J{number:03d}",
        "institution.kind": kind,
        "institution.subdistrict": community["community.subdistrict"],
        "institution.community": community["community.id"],
        "institution.open": "true",
        "institution.filed": boolean(not chance.happens(0.05)),
        "institution.inclusive": boolean(inclusive),
        "institution.places": places,
        "institution.inclusive_places": places if inclusive else 0,
        "institution.vacant_places": 0,
        "institution.on_platform": boolean(chance.happens(0.95)),
        "institution.site_type": "kindergarten" if nursery_class else chance.pick(
            ["new_kindergarten", "new_community", "factory", "staff_dormitory", "warehouse", "office_building"]),
        "institution.service_cost": chance.unless_missing(fee + 10 * chance.integer(20, 90), 0.05),
        "institution.monthly_fee": fee,
        "institution.registered_age_from": 2 if nursery_class else 0,
        "institution.registered_age_to": 6 if nursery_class else 3,
        "institution.health_instructor_signed": boolean(chance.happens(0.9)),
        "institution.instructor_in_catchment": boolean(chance.happens(0.9)),
        "institution.credit_safety": chance.unless_missing(chance.integer(70, 100), 0.05),
        "institution.credit_health": chance.integer(70, 100),
        "institution.credit_fees": chance.integer(70, 100),
    }


def make_institutions(chance, communities):
    """One for about half of the communities; each sub-district but one gets an inclusive one."""
    rows = []
    for community in communities:
        name = community["community.subdistrict"]
        first = not any(row["institution.subdistrict"] == name for row in rows)
        if not first and not chance.happens(0.35):
            continue
        may_be_inclusive = name != WITHOUT_INCLUSIVE
        kind = "public_institution" if first and may_be_inclusive else chance.weighted(
            ["private_institution"] if not may_be_inclusive else list(KINDS),
            [1] if not may_be_inclusive else [share[0] for share in KINDS.values()])
        rows.append(make_institution(chance, len(rows) + 1, community, kind, may_be_inclusive))
    return rows


def make_staff(chance, institutions):
    rows = []
    for institution in institutions:
        for _ in range(max(1, institution["institution.places"] // 5)):
            rows.append({
                "staff.id": f"Y{len(rows) + 1:04d}",
                "staff.institution": institution["institution.id"],
                "staff.subdistrict": institution["institution.subdistrict"],
                "staff.certified": chance.unless_missing(boolean(chance.happens(CERTIFIED)), 0.03),
            })
    return rows


def make_care_stations(chance, communities):
    """One in each sub-district, then more; the first AT_PROVINCIAL_STANDARD are at provincial standard."""
    by_subdistrict = {}
    for community in communities:
        by_subdistrict.setdefault(community["community.subdistrict"], []).append(community)
    chosen = [rows[0] for rows in by_subdistrict.values()]
    chosen += [row for rows in by_subdistrict.values() for row in rows[1:] if chance.happens(0.5)]
    return [{
        "care_station.id": f"Z{number:03d}",
        "care_station.subdistrict": community["community.subdistrict"],
        "care_station.community": community["community.id"],
        "care_station.open": "true",
        "care_station.at_provincial_standard": boolean(number <= AT_PROVINCIAL_STANDARD),
        "care_station.inclusive_care": boolean(community["community.subdistrict"] != WITHOUT_INCLUSIVE and chance.happens(0.4)),
    } for number, community in enumerate(chosen, 1)]


def make_facilities():
    built = [("comprehensive_service_centre", "新碶街道"), ("training_base", "大碶街道"), ("integrated_health_centre", "小港街道")]
    return [{
        "facility.id": f"S{number}",
        "facility.subdistrict": subdistrict,
        "facility.kind": kind,
        "facility.built": "true",
        "facility.has_staff": "true",
        "facility.has_premises": "true",
        "facility.has_funding": boolean(kind != "training_base"),
    } for number, (kind, subdistrict) in enumerate(built, 1)]


# ---- Children ----

def birth_date(chance, youngest_months, oldest_months):
    first = months_before(AS_OF, chance.integer(youngest_months, oldest_months - 1))
    return min(AS_OF, first + datetime.timedelta(days=chance.integer(0, 27)))


def class_of_age(age):
    if age < 12:
        return "infant_class"
    return "junior_toddler_class" if age < 24 else "senior_toddler_class"


def enrol(chance, community, age, institutions, taken):
    """An institution of the same sub-district with a place left, for some of the children of six months and more."""
    if age < 6 or not chance.happens(0.15 if age < 18 else 0.42):
        return None
    near = [row for row in institutions if row["institution.subdistrict"] == community["community.subdistrict"]
            and taken[row["institution.id"]] < row["institution.places"]
            and age >= 12 * row["institution.registered_age_from"]]
    if not near:
        return None
    institution = chance.pick(near)
    taken[institution["institution.id"]] += 1
    return institution


INSTITUTION_COLUMNS = ["id", "kind", "subdistrict", "open", "filed", "inclusive", "places", "inclusive_places", "vacant_places",
                       "service_cost", "monthly_fee", "registered_age_from", "registered_age_to"]


def make_child(chance, number, community, institutions, taken):
    birth = birth_date(chance, 0, 36)
    age = completed_months(birth, AS_OF)
    institution = enrol(chance, community, age, institutions, taken)
    fee = institution["institution.monthly_fee"] if institution else ""
    if institution and chance.happens(0.08):
        fee += 10 * chance.integer(5, 60)  # charges more than it publishes
    children = chance.weighted([1, 2, 3], [55, 38, 7])
    row = {
        "child.id": f"C{number:05d}",
        "child.birth_date": chance.unless_missing(birth.isoformat(), 0.01),
        "child.subdistrict": community["community.subdistrict"],
        "child.community": community["community.id"],
        "child.registered": boolean(chance.happens(0.62)),
        "child.resident_months": max(0, min(120, age + chance.integer(-12, 12))),
        "child.institution": institution["institution.id"] if institution else "null",
        "child.class": class_of_age(age) if institution else "",
        "child.care_mode": chance.weighted(["full_day", "half_day", "hourly"], [90, 8, 2]) if institution else "",
        "child.monthly_fee": chance.unless_missing(f"{fee}.00", 0.03) if institution else "",
        "child.birth_order": chance.integer(1, children),
        "child.employer_supported": boolean(institution and institution["institution.kind"] == "employer_childcare"),
        "child.health_check_passed": chance.unless_missing(boolean(chance.happens(0.97)), 0.02),
        "child.vaccination_complete": chance.unless_missing(boolean(chance.happens(0.95)), 0.02),
        "child.family_doctor_signed": boolean(chance.happens(0.8)),
        "household.income_per_head": chance.unless_missing(100 * chance.integer(250, 1600), 0.04),
        "household.children": children,
        "district.disposable_income": DISPOSABLE_INCOME,
        "district.private_inclusive_fee": PRIVATE_INCLUSIVE_FEE,
    }
    return row, institution


def make_children(chance, communities, institutions):
    taken = {row["institution.id"]: 0 for row in institutions}
    weights = [row["community.population"] for row in communities]
    made = [make_child(chance, number, chance.weighted(communities, weights), institutions, taken)
            for number in range(1, CHILDREN_UNDER_3 + 1)]
    for institution in institutions:
        institution["institution.vacant_places"] = institution["institution.places"] - taken[institution["institution.id"]]
    for row, institution in made:
        for column in INSTITUTION_COLUMNS:
            row[f"institution.{column}"] = institution[f"institution.{column}"] if institution else ""
    return [row for row, _ in made]


def make_health_record(chance, number, child, birth, subdistrict):
    return {
        "health_record.id": f"D{number:05d}",
        "health_record.child": child,
        "health_record.birth_date": birth,
        "health_record.subdistrict": subdistrict,
        "health_record.in_centre_catchment": boolean(subdistrict == "小港街道"),
        "health_record.established": boolean(subdistrict == "小港街道" or chance.happens(0.97)),
        "health_record.newborn_visited": boolean(chance.happens(0.98)),
        "health_record.visits_in_year": chance.unless_missing(
            chance.integer(1, 8) if chance.happens(VISITED_IN_YEAR) else 0, 0.005),
    }


def make_health_records(chance, children, communities):
    rows = []
    for child in children:
        rows.append(make_health_record(chance, len(rows) + 1, child["child.id"], child["child.birth_date"], child["child.subdistrict"]))
    for number in range(CHILDREN_3_TO_6):
        birth = birth_date(chance, 37, 72).isoformat()
        rows.append(make_health_record(chance, len(rows) + 1, f"K{number + 1:05d}", birth,
                                       chance.pick(communities)["community.subdistrict"]))
    return rows


def make_survey(chance):
    rows = []
    for name, residents in SUBDISTRICTS:
        for _ in range(residents // 300):
            rows.append({
                "survey_answer.id": f"W{len(rows) + 1:04d}",
                "survey_answer.subdistrict": name,
                "survey_answer.passed": chance.unless_missing(boolean(chance.happens(KNOWS_PARENTING)), 0.01),
            })
    return rows


# ---- Rows with errors ----

def spoil_rows(children):
    """Thirty enrolled children; ten of them with a value that cannot be, of each kind once. Row 11 is also cut short."""
    rows = [dict(row) for row in children if row["institution.id"] and "" not in (
        row["child.birth_date"], row["child.monthly_fee"], row["household.income_per_head"])][:30]
    for number, (column, value) in {
        1: ("child.birth_date", "2024-02-30"),              # there is no such day
        3: ("child.birth_date", "2024/5/1"),                # not how a date is written
        5: ("child.monthly_fee", "-200.00"),                # out of range
        7: ("child.monthly_fee", "1800元"),                 # no number
        9: ("child.monthly_fee", "1500.005"),               # less than a fen
        13: ("child.class", "senior_toddlers"),             # no value of the enum
        15: ("child.registered", "是"),                     # neither true nor false
        17: ("child.birth_order", "1.5"),                   # no whole number
        19: ("institution.places", "99999"),                # out of range
    }.items():
        rows[number - 1][column] = value
    return rows


# ---- Files ----

def write(folder, entity, rows, short_row=None):
    with open(folder / f"{entity}.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(rows[0])
        for number, row in enumerate(rows, 1):
            values = list(row.values())
            writer.writerow(values[:6] if number == short_row else values)


def main(arguments):
    folder = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).resolve().parent)
    chance = Chance(SEED)
    communities = make_communities(chance)
    institutions = make_institutions(chance, communities)
    children = make_children(chance, communities, institutions)
    write(folder, "subdistrict", [{"subdistrict.id": name} for name, _ in SUBDISTRICTS])
    write(folder, "community", communities)
    write(folder, "institution", institutions)
    write(folder, "staff", make_staff(chance, institutions))
    write(folder, "care_station", make_care_stations(chance, communities))
    write(folder, "facility", make_facilities())
    write(folder, "child", children)
    write(folder, "health_record", make_health_records(chance, children, communities))
    write(folder, "survey_answer", make_survey(chance))
    write(folder, "child_with_errors", spoil_rows(children), short_row=11)


if __name__ == "__main__":
    main(sys.argv[1:])
