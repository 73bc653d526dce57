"""python -m tests.accuracy tune|report [--confusion] [--formats] [--case NAME]: the figures over the labelled set.

`--formats` judges every report in the format that its name says, through the converters; else all are Word or text.
"""

import argparse

from tests.accuracy.figures import confusion, summary, table
from tests.accuracy.formats import in_own_format
from tests.accuracy.judged import as_word, judged
from tests.accuracy.labelled import HALVES, labelled


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description="Figures over the labelled set.")
    parser.add_argument("half", choices=HALVES)
    parser.add_argument("--confusion", action="store_true", help="list every report that was not judged entirely right")
    parser.add_argument("--formats", action="store_true", help="each in the format of its name, through the converters")
    parser.add_argument("--case", default="", help="only reports whose name begins so, with everything that was found")
    asked = parser.parse_args()
    labels = [label for label in labelled(asked.half) if label.name.startswith(asked.case)]
    reports = in_own_format(labels) if asked.formats else judged(labels, as_word)
    for line in (*summary(reports), "", *table(reports)):
        print(line)
    for line in confusion(reports) if asked.confusion or asked.case else ():
        print(line)
    for one in reports if asked.case else ():
        print(one.label.name, one.label.file, one.unit, one.review)
        for found in one.examination.aspects:
            print(f"  {found.key}: {one.label.aspects[found.key]} → {found}")
        for finding in one.examination.findings:
            print(f"  {finding.rule} {finding.message} {finding.where}")


if __name__ == "__main__":
    main()
