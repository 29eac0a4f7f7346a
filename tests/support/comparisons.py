"""What tests of comparisons share: jq's own sums, and rows read back from machine formats."""

import csv
import io
import json

# Every video and day of both reports is found once in the comparison, with the right sums.
RECOMPUTE = """
def sums(name): [.[][name] | select(. != null)] | add;
($both[0] | length) as $count
| ["video_views", "ad_impressions"]
| all(
    . as $m
    | ($now[0] | sums($m)) == ($both[0] | sums($m))
    and ($before[0] | sums($m)) == ($both[0] | sums($m + "_previous"))
    and ($both[0] | all(
      if .[$m] == null or .[$m + "_previous"] == null
      then .[$m + "_change"] == null and .[$m + "_change_percent"] == null
      else .[$m + "_change"] == .[$m] - .[$m + "_previous"]
      and ((.[$m + "_change_percent"] - .[$m + "_change"] * 100 / .[$m + "_previous"]) | fabs)
        <= 0.005001
      end))
  )
  and $count > 0
"""


def read(form: str, text: str) -> list[dict[str, str]]:
    """Read the rows of a machine format as text, null as nothing."""
    if form in {"csv", "tsv"}:
        return list(csv.DictReader(io.StringIO(text), delimiter="," if form == "csv" else "\t"))
    rows = json.loads(text) if form == "json" else map(json.loads, text.splitlines())
    return [{n: "" if v is None else str(v) for n, v in row.items()} for row in rows]
