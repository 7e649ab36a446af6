"""The people of the demo company, department by department, each with the head of it first."""

from .company import (
    CARE,
    CORPORATE,
    DISPATCH,
    ENGINEERING,
    EXPERIENCES,
    FINANCE,
    LEADERSHIP,
    PRESS,
    WORKPLACE,
)
from .shapes import Person, Publicity
from .telling import at

AUCKLAND = "Pacific/Auckland"
BERLIN = "Europe/Berlin"
DUBLIN = "Europe/Dublin"
KOLKATA = "Asia/Kolkata"
LISBON = "Europe/Lisbon"
PARIS = "Europe/Paris"


def _staff(
    department: str,
    name: str,
    local_part: str,
    manager: str,
    *,
    zone: str = "",
    publicity: Publicity = "fine",
    culture_lead: bool = False,
    active: bool = True,
) -> Person:
    return Person(
        name=name,
        email=at(local_part),
        department=department,
        manager=at(manager),
        time_zone=zone,
        publicity=publicity,
        culture_lead=culture_lead,
        active=active,
    )


def _shop_floor(name: str, employee_id: str, manager: str) -> Person:
    return Person(name=name, employee_id=employee_id, department=DISPATCH, manager=at(manager))


_LEADERSHIP = (
    Person(name="Ingrid Solheim", email=at("ingrid"), department=LEADERSHIP, manager=None),
    _staff(LEADERSHIP, "Kwame Asante-Boateng", "kwame", "ingrid"),
    _staff(LEADERSHIP, "Beatriz Nogueira", "beatriz", "ingrid", zone=LISBON),
    _staff(LEADERSHIP, "Thandeka Mkhize", "thandeka", "kwame"),
)

_CARE = (
    _staff(CARE, "Marguerite O’Dwyer", "marguerite", "ingrid"),
    _staff(CARE, "Tomasz Wiśniewski", "tomasz", "marguerite"),
    _staff(CARE, "Siân Pritchard", "sian", "marguerite"),
    _staff(CARE, "Olúwafẹ́mi Adébáyọ̀", "femi", "marguerite"),
    _staff(CARE, "Dimitra Papadopoúlou", "dimitra", "marguerite"),
    _staff(CARE, "Priya Raghunathan", "priya", "tomasz"),
    _staff(CARE, "Wahyuningsih", "wahyu", "tomasz"),
    _staff(CARE, "نور الحداد", "noor", "tomasz"),
    _staff(CARE, "Lena Grünwald-Yıldız", "lena", "tomasz", zone=BERLIN),
    _staff(CARE, "Aroha Ngātai", "aroha", "tomasz", zone=AUCKLAND),
    _staff(CARE, "Wiremu Tāwhara", "wiremu", "aroha", zone=AUCKLAND),
)

_EXPERIENCES = (
    _staff(EXPERIENCES, "Rafael Etxeberria", "rafael", "ingrid"),
    _staff(EXPERIENCES, "Gwenllian Morgan", "gwenllian", "rafael"),
    _staff(EXPERIENCES, "Hamish MacAskill", "hamish", "gwenllian"),
    _staff(EXPERIENCES, "Anneli Mäkelä-Õunapuu", "anneli", "gwenllian"),
    _staff(EXPERIENCES, "Caoimhe Ní Bhriain", "caoimhe", "gwenllian", zone=DUBLIN),
    _staff(EXPERIENCES, "Ravindra Wickramasinghe", "ravi", "gwenllian"),
    _staff(EXPERIENCES, "Ffion Llewellyn", "ffion", "gwenllian"),
    _staff(EXPERIENCES, "陳美玲 (Chan Mei-ling)", "meiling", "gwenllian"),
    _staff(EXPERIENCES, "Joana Queirós", "joana", "rafael", zone=LISBON),
    _staff(EXPERIENCES, "Nuno Sarmento", "nuno", "joana", zone=LISBON),
    _staff(
        EXPERIENCES,
        "Maria Leopoldina Constança de Vasconcelos e Albuquerque Teixeira de Sampaio",
        "leopoldina",
        "joana",
        zone=LISBON,
    ),
)

_PRESS = (
    _staff(PRESS, "Odile Tchamba", "odile", "ingrid"),
    _staff(PRESS, "Yusuf Karaaslan", "yusuf", "odile"),
    _staff(PRESS, "Ellie Fairweather", "ellie", "odile"),
    _staff(PRESS, "Zofia Jabłońska", "zofia", "odile"),
    _staff(PRESS, "Mateo Villaseñor", "mateo", "yusuf"),
    _staff(PRESS, "Hana Dvořáčková", "hana", "yusuf"),
    _staff(PRESS, "Jasper Tuohy", "jasper", "odile", active=False),
)

_WORKPLACE = (
    _staff(WORKPLACE, "Adaeze Okonkwo-Lindqvist", "adaeze", "ingrid", culture_lead=True),
    _staff(WORKPLACE, "Pekka Hyvönen", "pekka", "adaeze", culture_lead=True),
    _staff(WORKPLACE, "שירה בן־עמי", "shira", "adaeze"),
    _staff(WORKPLACE, "Baek Jun-ho", "junho", "adaeze"),
    _staff(WORKPLACE, "Mabel Thistlethwaite", "mabel", "adaeze"),
    _staff(WORKPLACE, "Rosa Quispe Mamani", "rosa", "mabel"),
)

_ENGINEERING = (
    _staff(ENGINEERING, "Dmytro Kovalchuk", "dmytro", "ingrid"),
    _staff(ENGINEERING, "Nguyễn Thị Bích Ngọc", "ngoc", "dmytro"),
    _staff(ENGINEERING, "Luca D’Ambrosio", "luca", "ngoc"),
    _staff(ENGINEERING, "Samira Benkirane", "samira", "ngoc", publicity="private_only"),
    _staff(ENGINEERING, "Arjun Deshpande", "arjun", "ngoc", zone=KOLKATA),
    _staff(ENGINEERING, "Freyja Þorvaldsdóttir", "freyja", "dmytro", publicity="ask_first"),
    _staff(ENGINEERING, "Oskaras Šimkus", "oskaras", "freyja"),
    _staff(ENGINEERING, "Theo Abernathy", "theo", "dmytro"),
)

_DISPATCH = (
    _staff(DISPATCH, "Bronwen Cadwallader", "bronwen", "ingrid"),
    _staff(DISPATCH, "Stanimir Ganchev", "stanimir", "bronwen"),
    _staff(DISPATCH, "Tegan Polglase", "tegan", "bronwen"),
    _staff(DISPATCH, "Petra Lindholm", "petra", "bronwen", active=False),
    _shop_floor("Delroy Whittaker", "W-014", "stanimir"),
    _shop_floor("Mihaela Ungureanu", "W-017", "stanimir"),
    _shop_floor("Sokha Chea", "W-022", "bronwen"),
)

_CORPORATE = (
    _staff(CORPORATE, "Valentina Cárdenas Ruiz", "valentina", "ingrid"),
    _staff(CORPORATE, "Camille Lefèvre-Nakamura", "camille", "valentina", zone=PARIS),
    _staff(CORPORATE, "Giorgi Beridze", "giorgi", "valentina"),
    _staff(CORPORATE, "Bilal Qureshi", "bilal", "giorgi"),
    _staff(CORPORATE, "Nkechi Eze", "nkechi", "giorgi"),
    _staff(CORPORATE, "Will Tregenza", "will", "giorgi", publicity="ask_first"),
)

_FINANCE = (
    _staff(FINANCE, "Agnieszka Żuławska", "agnieszka", "ingrid"),
    _staff(FINANCE, "Lars Bjørnstad", "lars", "agnieszka"),
    _staff(FINANCE, "Farah Mohseni", "farah", "agnieszka"),
    _staff(FINANCE, "Corinne Baptiste", "corinne", "agnieszka"),
    _staff(FINANCE, "Daniel Ekström", "daniel", "corinne"),
)

PEOPLE = (
    *_LEADERSHIP,
    *_CARE,
    *_EXPERIENCES,
    *_PRESS,
    *_WORKPLACE,
    *_ENGINEERING,
    *_DISPATCH,
    *_CORPORATE,
    *_FINANCE,
)
