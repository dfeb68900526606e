#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A short summary of what `tuoyu run` wrote for the children of the district: how many were answered, the money in
all, and what was wrong in the rows that were not.

    python3 examples/summary.py CHILDREN.csv"""
import collections
import csv
import decimal
import sys

PAYERS = [("district", "区财政 district"), ("employer", "用人单位 employer"), ("institution", "机构让利 institution"), ("family", "家庭 family")]


def missing_facts(rows, rule):
    """Which facts keep rows undetermined, the most frequent first."""
    counts = collections.Counter(name for row in rows if row[f"{rule}.outcome"] == "undetermined" for name in row[f"{rule}.missing"].split())
    return "、".join(f"{name} ({count})" for name, count in counts.most_common(3))


def answered(rows, rule):
    return [row for row in rows if row[f"{rule}.outcome"] == "determined"]


def main(path):
    with open(path, encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    bad = [row for row in rows if row["error"]]
    attending = [row for row in rows if row["child.institution"] != "null" and not row["error"]]
    quotes, splits = answered(attending, "monthly_fee"), answered(attending, "monthly_care_cost")
    over = [row for row in quotes if row["monthly_fee.complies"] == "false"]
    whole = sum(decimal.Decimal(row["monthly_care_cost.whole"]) for row in splits)
    shares = {payer: sum(decimal.Decimal(row[f"monthly_care_cost.payers.{payer}"]) for row in splits) for payer, _ in PAYERS}
    print(f"  儿童 children {len(rows)}：在托 in care {len(attending)}，未入托（无费可算）in none {len(rows) - len(attending) - len(bad)}，"
          f"有错 with errors {len(bad)}")
    hourly = [row for row in attending if row["monthly_fee.outcome"] == "not_applicable"]
    print(f"  已定价 priced {len(quotes)}，按小时收费、不按月定价 by the hour, no monthly price {len(hourly)}；"
          f"高于按假定价格算得的上限 above the limit by the assumed prices {len(over)}")
    print(f"  已分担 split {len(splits)}；缺资料 facts missing: {missing_facts(attending, 'monthly_care_cost') or '—'}")
    print(f"  每月合计 a month in all {whole} 元 CNY：" + "，".join(f"{label} {shares[payer]}" for payer, label in PAYERS))
    print(f"  逐行核对：各方之和等于总额 every row sums to the fen: {'是 yes' if all_sum(splits) else '否 NO'}")
    if "inclusive_place.decision" in rows[0]:
        decisions = collections.Counter(row["inclusive_place.decision"] for row in rows)
        print(f"  普惠托位 an inclusive place: 符合条件 eligible {decisions['eligible']}，不符合 ineligible {decisions['ineligible']}，"
              f"资料不全 facts missing {decisions['undetermined']}")
    for row in bad:
        print(f"    {row['error']}")


def all_sum(rows):
    return all(sum(decimal.Decimal(row[f"monthly_care_cost.payers.{payer}"]) for payer, _ in PAYERS)
               == decimal.Decimal(row["monthly_care_cost.whole"]) for row in rows)


if __name__ == "__main__":
    main(sys.argv[1])
