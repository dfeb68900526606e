#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A day of a district's office, with its files as they were saved. All of it is invented.
#   examples/office/run.sh [FOLDER]      FOLDER: where the results go (else: build/out/office)
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
OUT=${1:-build/out/office}
TUOYU=${TUOYU:-build/tuoyu}
[ -x "$TUOYU" ] || { echo "先运行 examples/run.sh 编译 build first: examples/run.sh" >&2; exit 2; }
mkdir -p "$OUT"
PILOT=examples/packs/beilun/inclusive-childcare.yaml
ASSUMED=examples/packs/beilun/illustrative.yaml
FILES=examples/office
FAILED=0

# Runs a step, whose messages go to a file; remembers where it ended worse than allowed. $1: the highest exit status.
step() {
    local allowed=$1 status
    shift
    "$TUOYU" "$@" 2>>"$OUT/messages.txt"
    status=$?
    [ "$status" -le "$allowed" ] && return
    printf '  ! exit %s: %s\n' "$status" "$*"
    FAILED=1
}
heading() { printf '\n%s\n\n' "$1"; }
: >"$OUT/messages.txt"

printf '某区托育服务办公室的一天（全部为虚构）\n'

heading "一、上午：各街道普惠托育覆盖情况（机构台账、驿站台账，Excel 另存）"
step 0 report $PILOT --data $FILES/ledger --rule subdistrict_coverage_rate --by subdistrict --as-of 2025-11-30 --lang zh

heading "二、在托儿童逐一核价、分担、核资格（children.csv，Excel 另存，GB18030）"
step 1 run $PILOT $ASSUMED --rule monthly_fee --rule monthly_care_cost --rule inclusive_place --input $FILES/children.csv \
    --map $FILES/map.csv --as-of 2025-11-30 --keep 编号 --keep 姓名 --columns monthly_fee.excess,inclusive_place.reasons.zh \
    --changes "$OUT/changes.csv" --excel --output "$OUT/children.csv"
python3 $FILES/table.py "$OUT/children.csv" 编号 姓名 monthly_fee.amount=应收 monthly_fee.excess=超收 \
    monthly_care_cost.payers.district=区财政 monthly_care_cost.payers.family=家庭 inclusive_place.reasons.zh=普惠托位
printf '\n  读法与写法不同的单元格（数字和日期，全部见 changes.csv）：\n'
grep -aE '^(.{0,3}file|.*,(date|number)\r?$)' "$OUT/changes.csv" >"$OUT/changes_shown.csv"
python3 $FILES/table.py "$OUT/changes_shown.csv" line=行 column=列 written=原样 read=读作
printf '\n  不能读的，原因在结果表的 error 列，列出行号：'
python3 - "$OUT/children.csv" <<'PYTHON'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
print("、".join(row["error"].split(":")[0].replace("line ", "第") + "行" for row in rows if row["error"]))
PYTHON

heading "三、下午：先看上月（10月）的发放（claims_10.csv，Excel“CSV UTF-8”，分号分隔）"
step 0 pay $PILOT $ASSUMED --rule family_support --input $FILES/claims_10.csv --id 申请编号 --case $FILES/fund.yaml \
    --as-of 2025-10-31 --receipt "$OUT/receipt_10.json" --format text --lang zh --output "$OUT/paid_10.txt" --summary "$OUT/sums_10.json"
cat "$OUT/paid_10.txt"

heading "四、本月（11月）发放，接续上月回执（claims_11.csv，LibreOffice 另存）"
november() {
    step 1 pay $PILOT $ASSUMED --rule family_support --input $FILES/claims_11.csv --id 申请编号 --previous "$OUT/receipt_10.json" \
        --previous-claims $FILES/claims_10.csv --as-of 2025-11-30 "$@"
}
november --receipt "$OUT/receipt_11.json" --format text --lang zh --output "$OUT/paid_11.txt" --summary "$OUT/sums_11.json"
cat "$OUT/paid_11.txt"
november --excel --keep 姓名 --columns family_support.payers.district,family_support.subsidies.fee_subsidy.state --output "$OUT/paid_11.csv"

heading "五、上月回执复核：同样的申请，同样的结果"
step 0 replay "$OUT/receipt_10.json" $PILOT $ASSUMED --claims $FILES/claims_10.csv --id 申请编号 >"$OUT/replay.txt"
[ "$(cat "$OUT/replay.txt")" = same ] && printf '  一致\n' || { printf '  不一致\n'; FAILED=1; }

heading "六、答复一位家长：为什么没有通过"
step 0 eval $PILOT $ASSUMED --rule inclusive_place --case $FILES/family.yaml --as-of 2025-11-30 --for parent --lang zh
exit $FAILED
