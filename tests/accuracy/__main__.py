"""python -m tests.accuracy tune|second|report [--confusion] [--formats] [--case NAME], or write: figures over the set.

`--formats` judges every report in the format that its name says, through the converters; else all are Word or text.
`write` puts the figures of report/ into docs/accuracy.md, those in the formats of the names too.
"""

import argparse
from collections.abc import Sequence

from tests.accuracy.figures import confusion, summary, table
from tests.accuracy.formats import in_own_format
from tests.accuracy.judged import Judged, as_word, judged
from tests.accuracy.labelled import PARTS, labelled
from tests.accuracy.page import write


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description="Figures over the labelled set.")
    parser.add_argument("part", choices=(*PARTS, "write"))
    parser.add_argument("--confusion", action="store_true", help="list every report that was not judged entirely right")
    parser.add_argument("--formats", action="store_true", help="each in the format of its name, through the converters")
    parser.add_argument("--case", default="", help="only reports whose name begins so, with everything that was found")
    asked = parser.parse_args()
    if asked.part == "write":
        write()
        return
    labels = [label for label in labelled(asked.part) if label.name.startswith(asked.case)]
    reports = in_own_format(labels) if asked.formats else judged(labels, as_word)
    for line in (*summary(reports), "", *table(reports)):
        print(line)
    for line in confusion(reports) if asked.confusion or asked.case else ():
        print(line)
    if asked.case:
        _details(reports)


def _details(reports: Sequence[Judged]) -> None:
    for one in reports:
        print(one.label.name, one.label.file, one.unit, one.review)
        for found in one.examination.aspects:
            print(f"  {found.key}: {one.label.aspects[found.key]} → {found}")
        for finding in one.examination.findings:
            print(f"  {finding.rule} {finding.message} {finding.where}")


if __name__ == "__main__":
    main()
