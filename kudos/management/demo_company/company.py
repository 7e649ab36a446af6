"""Plumhour, an invented company that sells days out as gifts, and how it is set up."""

from .shapes import Company, Group, SignIn, Value

DOMAIN = "plumhour.example"
PASSWORD = "gift-of-time"  # noqa: S105  the demo prints it beside the sign-ins

COMPANY = Company(
    name="Plumhour",
    vision="Every gift we sell becomes a day somebody still talks about.",
    time_zone="Europe/London",
)

CARE = "Customer Care"
EXPERIENCES = "Experiences"
PRESS = "Press and Marketing"
WORKPLACE = "People and Workplace"
ENGINEERING = "Product and Engineering"
DISPATCH = "Vouchers and Dispatch"
CORPORATE = "Corporate Gifts"
FINANCE = "Finance"
LEADERSHIP = "Leadership and Legal"

DEPARTMENTS = (
    CARE,
    EXPERIENCES,
    PRESS,
    WORKPLACE,
    ENGINEERING,
    DISPATCH,
    CORPORATE,
    FINANCE,
    LEADERSHIP,
)

# Their stories wait for a reviewer; everybody else's are reviewed once they are read.
REVIEWED_FIRST = (EXPERIENCES,)

CUSTOMERS = "Customers"
SUPPLIERS = "Suppliers"
JOURNALISTS = "Journalists and bloggers"
EMPLOYEES = "Employees"
PARTNERS = "Partners"

GROUPS = (
    Group(
        name=CUSTOMERS,
        hint="people who give or open our gifts",
        hue="coral",
        served_by=(CARE, DISPATCH, ENGINEERING),
    ),
    Group(
        name=SUPPLIERS,
        hint="people we buy from",
        hue="amber",
        served_by=(EXPERIENCES, FINANCE),
    ),
    Group(
        name=JOURNALISTS,
        hint="people who write about us",
        hue="cyan",
        served_by=(PRESS,),
    ),
    Group(
        name=EMPLOYEES,
        hint="people we work beside",
        hue="violet",
        served_by=(WORKPLACE, ENGINEERING, FINANCE, LEADERSHIP),
    ),
    Group(
        name=PARTNERS,
        hint="companies that give or sell with us",
        hue="green",
        served_by=(CORPORATE, DISPATCH, LEADERSHIP),
    ),
)

WHOLE_DAY = "See the day through"
STRAIGHT = "Say it straight"
ASK_MORE = "Ask one more question"
ON_TIME = "Small things on time"
LEND_HAND = "Lend a hand"
LEAVE_BETTER = "Leave it better"

VALUES = (
    Value(
        name=WHOLE_DAY,
        meaning="We are done when they are home and happy, not when the voucher is sold.",
    ),
    Value(
        name=STRAIGHT,
        meaning="We tell people what we know, early, also when it is awkward for us.",
    ),
    Value(
        name=ASK_MORE,
        meaning="The thing somebody asks for is rarely the whole of what they need.",
    ),
    Value(
        name=ON_TIME,
        meaning="A call back at four means four. Trust is made of these.",
    ),
    Value(
        name=LEND_HAND,
        meaning="Whoever sees it first picks it up, whatever the team is called.",
    ),
    Value(
        name=LEAVE_BETTER,
        meaning="After we mend something once, we mend what broke it.",
    ),
)

DEMO_SIGN_INS = (
    SignIn(
        key=f"priya@{DOMAIN}",
        shows="A member of staff in Customer Care: told some stories, is celebrated in others.",
    ),
    SignIn(
        key=f"gwenllian@{DOMAIN}",
        shows="A manager with a team in Experiences: reviews its stories, sees how it is celebrated.",
    ),
    SignIn(
        key=f"adaeze@{DOMAIN}",
        shows="A culture lead: runs groups, values, people and the digest.",
    ),
)
