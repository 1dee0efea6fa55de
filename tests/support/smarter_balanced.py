"""Small Smarter Balanced exports: 70 of 100 students with scored tests at level 3 or 4."""

LEVELS = (
    "Level 1 Not Met  Count,%,Level 2 Approaching  Count,%,Level 3 Met  Count,%,"
    "Level 4 Exceeded  Count,%,Level 3&4 Met or Exceeded Count,%,AverageVSS"
)
COUNTS = (
    "Total Numberof Students,Total NumberTested,Smarter BalancedParticipationRate,"
    "Total Number with Scored Tests"
)
MERGED = ",,,,,,,,Level 1Not Met,,Level 2Approaching,,Level 3Met,,Level 4Exceeded,,Level 3&4,,\n"


def text(about: str, keys: str, *rows: str, year: str = "2015-16") -> str:
    head = f'"Smarter Balanced Assessments, {year}"\n"{about}"\n\n'
    return head + MERGED + f"{keys},{COUNTS},{LEVELS}\n" + "".join(f"{row}\n" for row in rows)


PLAIN = "110,104,94.5,100,10,10,20,20,30,30,40,40,70,70,2430"
MOVED = "110,104,94.5,100,10,10,20,20,30,30,40,40,70,40,2430"  # the percent of another level
HIDDEN = "110,104,94.5,100,*,*,*,*,30,30,*,*,*,*,2430"
