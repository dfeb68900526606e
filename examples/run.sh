#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job, from a fresh checkout: installs what is missing, builds, and answers what a county asks of its childcare.
#   ./examples/run.sh
set -u
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
. "$ROOT/tests/house/toolchain.sh"

AS_OF=2025-09-30                                  # the day that the synthetic rows describe
PACKS=examples/packs
PILOT=$PACKS/beilun/inclusive-childcare.yaml
ASSUMED=$PACKS/beilun/illustrative.yaml           # prices and shares that nobody published: assumed
DATA=examples/beilun
OUT="$BUILD/out"
FAILED=0

BOLD='' PLAIN=''
[ -t 1 ] && BOLD=$'\033[1m' PLAIN=$'\033[0m'
heading() { printf '\n%s%s%s\n%s\n\n' "$BOLD" "$1" "$PLAIN" "$2"; }

note() { printf '\n'; printf '  %s\n' "$@"; }

# Shows what a step says; remembers that it failed. $1: the highest exit status that is as it should be.
step() {
    local allowed=$1 status
    shift
    "$@" 2>&1
    status=$?
    [ "$status" -le "$allowed" ] && return
    printf '  ! exit %s: %s\n' "$status" "$*"
    FAILED=1
}

require_packages "${BUILD_PACKAGES[@]}"
[ -f "$BUILD/tuoyu" ] || say "第一次运行，先编译（约两分钟） building first, about two minutes"
build_tuoyu
mkdir -p "$OUT"
cd "$ROOT" || exit 1
TUOYU=build/tuoyu

printf '北仑区普惠托育先行试点 · 演示\nThe Beilun pilot of inclusive childcare: a demonstration\n'
note "数据为程序生成的虚构数据；价格、分担比例未见公布，取自“示例参数”，一律标为“假定”。" \
     "All rows are synthetic; prices and shares are published nowhere: they are assumed, and marked so."

heading "一、政策包是否无误" "Are the packs sound?"
printf '  语法、类型、单位 syntax, types, units: '
step 0 $TUOYU check $PACKS/*/*.yaml
printf '  各包自带的算例 the worked examples in the packs: '
step 0 $TUOYU test $PACKS/*/*.yaml

heading "二、离方案目标还差多少" "The board: how far from the plan's targets?"
step 0 $TUOYU report $PILOT --data $DATA --as-of $AS_OF
note "记录：读入 = 已定 + 未定 + 不适用 + 不生效 + 有错误 + 无法读取；一条也不会漏掉。" \
     "Records: read = determined + undetermined + not applicable + not in force + in error + unreadable; none vanishes."

heading "三、哪些街道还没有普惠托育" "Sub-districts that have nothing inclusive"
step 0 $TUOYU report $PILOT --data $DATA --as-of $AS_OF --rule subdistrict_coverage_rate --by subdistrict --format csv >"$OUT/coverage.csv"
awk -F, '$4 != "" && $6 == "0" { print "  " $4; found++ } END { if (!found) print "  无 none" }' "$OUT/coverage.csv"

heading "四、一个家庭：该收多少、谁来付、能否享受" "One family: the quote, the split, the verdict"
printf '  家庭资料 the family: %s\n' "$DATA/family.yaml"
for rule in monthly_fee monthly_care_cost inclusive_place; do
    printf '\n'
    step 0 $TUOYU eval $PILOT $ASSUMED --rule $rule --case $DATA/family.yaml --as-of $AS_OF --explain
done
printf '\n  同一结论，写给家长看（孩子四个月大时问）the same verdict in a parent'"'"'s words, asked when the child is four months old:\n\n'
step 0 $TUOYU eval $PILOT $ASSUMED --rule inclusive_place --case $DATA/family.yaml --as-of 2023-11-20 --for parent --lang zh
printf '\n'
step 0 $TUOYU eval $PILOT $ASSUMED --rule inclusive_place --case $DATA/family.yaml --as-of 2023-11-20 --for parent --lang en
printf '\n  不用示例参数时，方案没有给出价格 without the assumed numbers the plan gives no price:\n\n'
step 0 $TUOYU eval $PILOT --rule monthly_fee --case $DATA/family.yaml --as-of $AS_OF

heading "五、全区儿童逐一定价、分担" "All children priced and split"
step 0 $TUOYU run $PILOT $ASSUMED --rule monthly_fee --rule monthly_care_cost --rule inclusive_place \
    --input $DATA/child.csv --output build/out/children.csv --as-of $AS_OF
step 0 python3 examples/summary.py build/out/children.csv
printf '\n  有错的表格：错行写明原因，其余照算 a file with wrong values: they are named, the others computed\n\n'
step 1 $TUOYU run $PILOT $ASSUMED --rule monthly_fee --rule monthly_care_cost \
    --input $DATA/child_with_errors.csv --output build/out/child_with_errors.csv --as-of $AS_OF
step 0 python3 examples/summary.py build/out/child_with_errors.csv

heading "六、同一家庭，由 Python 和 Java 计算" "The same family from Python and from Java: the same answers"
for rule in monthly_fee monthly_care_cost inclusive_place; do
    $TUOYU eval $PILOT $ASSUMED --rule $rule --case $DATA/family.yaml --as-of $AS_OF --format json
done >"$OUT/family.c.json"
same_answers() { # LANGUAGE COMMAND…: prints its three lines; its JSON must be that of the command, byte for byte
    local language=$1 log="$LOGS/family-$1.log"
    shift
    printf '  %s\n' "$language"
    if ! "$@" "$OUT/family.$language.json" 2>"$log"; then cat "$log"; FAILED=1
    elif cmp -s "$OUT/family.c.json" "$OUT/family.$language.json"; then printf '  与 tuoyu 命令逐字一致 byte for byte what the command answers\n\n'
    else printf '  与 tuoyu 命令不一致 NOT what the command answers: build/out/family.%s.json\n\n' "$language"; FAILED=1
    fi
}
same_answers Python env PYTHONPATH=build/bindings/python /usr/bin/python3 examples/family.py $AS_OF
same_answers Java java -Dfile.encoding=UTF-8 -cp build/bindings/java/tuoyu.jar examples/Family.java examples $AS_OF

note "结果文件 files in build/out/: children.csv, child_with_errors.csv（逐行结果 an answer a row）, coverage.csv（街道 sub-districts）"
exit $FAILED
